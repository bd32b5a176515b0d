/** Commands about sources: sync, describe, reset. */
package dev.lettershop.cli.source;
