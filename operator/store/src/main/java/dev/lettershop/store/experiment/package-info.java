/**
 * How the variants of a run compare, what is decided of it, and what its mails led to: counts out
 * of the ledger, events and engagement. What the counts mean is decided elsewhere; it must not know
 * statistics.
 */
package dev.lettershop.store.experiment;
