/** Addresses as the store compares them: whoever has the same key has the same mailbox. */
package dev.lettershop.store.address;
