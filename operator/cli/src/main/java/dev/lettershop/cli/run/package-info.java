/** Commands that work: run, send, refresh, bounces, retention, prune, probe. */
package dev.lettershop.cli.run;
