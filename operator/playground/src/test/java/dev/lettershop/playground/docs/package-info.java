/** Holds the documentation to what is there: every command is parsed or run, every YAML read. */
package dev.lettershop.playground.docs;
