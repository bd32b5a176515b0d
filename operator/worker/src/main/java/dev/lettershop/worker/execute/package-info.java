/** One run of a campaign from beginning to end: sync, freeze, send, report. */
package dev.lettershop.worker.execute;
