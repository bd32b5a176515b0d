/** Loads consents, and what a withdrawal does to the address it belongs to. */
package dev.lettershop.store.load.consent;
