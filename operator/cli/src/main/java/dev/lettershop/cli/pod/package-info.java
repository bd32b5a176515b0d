/** What commands share when a Pod runs them: options, exit codes, the termination message. */
package dev.lettershop.cli.pod;
