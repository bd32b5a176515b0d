/**
 * Loads suppression lists. What an entry means is known in {@code store.suppression}, which also
 * writes the rows.
 */
package dev.lettershop.store.load.suppression;
