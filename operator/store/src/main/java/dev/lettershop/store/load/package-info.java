/**
 * Brings profiles, events and consents in: rows stream by COPY into a staging table, and a few
 * set-based statements resolve identity and merge. Mapped, typed rows come in; it must not know
 * where they were read.
 */
package dev.lettershop.store.load;
