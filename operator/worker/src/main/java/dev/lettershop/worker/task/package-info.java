/**
 * Tasks of a worker that are not a campaign's run: refreshing a segment, reading sources,
 * collecting bounces, looking up a profile, a test delivery.
 */
package dev.lettershop.worker.task;
