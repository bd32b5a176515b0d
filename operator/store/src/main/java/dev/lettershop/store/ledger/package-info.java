/**
 * The truth about every run: who was planned, claimed, sent or not. Runs, leases and outcomes come
 * in; only the database's clock counts. It must not know how a mail is made or handed over.
 */
package dev.lettershop.store.ledger;
