/**
 * Forgets what is past its time: months of the ledger and of events, and old records in quarantine.
 * How long things are kept comes in; what is still needed by a run under way stays.
 */
package dev.lettershop.store.retention;
