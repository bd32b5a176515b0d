/**
 * {@code lettershop apply}, {@code get}, {@code describe}, {@code delete} and {@code playground}:
 * what people type. What is shown is computed in {@code view}, what is asked and told in {@code
 * api}; in here are options, output and exit codes.
 */
package dev.lettershop.playground.command;
