/** Commands that ask a store who is in a segment. They change nothing there. */
package dev.lettershop.cli.segment;
