/**
 * Decides once for each run who is mailed and who is not, and why: one statement, written into the
 * ledger. Compiled rules come in; it must not know what is mailed or how.
 */
package dev.lettershop.store.audience;
