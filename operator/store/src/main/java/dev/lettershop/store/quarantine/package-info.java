/**
 * Records that could not be taken: looked through, taken out, forgotten. What comes in are names of
 * sources; it must not know what a record means.
 */
package dev.lettershop.store.quarantine;
