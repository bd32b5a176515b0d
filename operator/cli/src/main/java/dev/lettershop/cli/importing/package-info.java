/** Makes resources out of what other tools have exported. */
package dev.lettershop.cli.importing;
