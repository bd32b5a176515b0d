/** {@code lettershop report}: what a run achieved. */
package dev.lettershop.cli.report;
