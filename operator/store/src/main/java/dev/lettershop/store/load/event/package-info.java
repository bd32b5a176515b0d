/** Loads events into their monthly partitions. */
package dev.lettershop.store.load.event;
