/**
 * Who did something that triggers a campaign, when they are due, and what is decided about them
 * then. Entries come in with the statement that stores an event or refreshes a segment; decisions,
 * their outcome and the ledger's row change in one transaction. All time is the database's. Knows
 * nothing of mails.
 */
package dev.lettershop.store.trigger;
