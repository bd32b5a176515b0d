/**
 * Encryption of personal data field by field (Google Tink): keysets as the Secret holds them, keys
 * of single persons, and values before they go into the database and after they come out of it.
 * Keys come in from outside; it must not know of tables or connections.
 */
package dev.lettershop.store.encryption;
