package dev.lettershop.store.load;

/**
 * What a load did.
 *
 * @param read rows added and rows quarantined
 * @param created profiles (or events, or consents) that are new
 * @param changed profiles of which at least one value changed
 * @param merged profiles that went into another one because they turned out to be the same person
 * @param quarantined rows set aside, each with its reason
 * @param stubs profiles made because an event or a consent named somebody unknown
 */
public record LoadCounts(
    long read, long created, long changed, long merged, long quarantined, long stubs) {}
