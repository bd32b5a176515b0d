/**
 * {@code lettershop init}: a folder to begin with, from the data that somebody has. Looks at
 * sources as {@code source describe} does; what is written is decided before the first file is.
 */
package dev.lettershop.cli.init;
