/** Commands about keysets. */
package dev.lettershop.cli.keys;
