/**
 * Ends what a command has started when the command itself is killed.
 *
 * <p>It knows processes and a folder, and nothing about what they are for.
 */
package dev.lettershop.playground.lifeline;
