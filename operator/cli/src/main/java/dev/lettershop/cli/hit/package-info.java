/** {@code lettershop hits}: who opens and clicks are held to be of. */
package dev.lettershop.cli.hit;
