/** Commands about records that could not be used. */
package dev.lettershop.cli.quarantine;
