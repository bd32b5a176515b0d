package dev.lettershop.store.person;

/**
 * What was brought under the primary keys.
 *
 * @param values of deterministic attributes
 * @param quarantined rows
 */
public record RewrapReport(long personKeys, long values, long quarantined) {}
