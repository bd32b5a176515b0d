/**
 * Runs in counts, as reports need them: people and requests are counted here, and nobody is named.
 * What the counts mean, and which are too small to show, is decided elsewhere.
 */
package dev.lettershop.store.report;
