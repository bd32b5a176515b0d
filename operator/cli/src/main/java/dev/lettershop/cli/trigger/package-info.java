/** Commands about triggered campaigns: what they would do, what they did, and who waits. */
package dev.lettershop.cli.trigger;
