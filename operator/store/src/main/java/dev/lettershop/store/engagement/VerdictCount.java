package dev.lettershop.store.engagement;

import dev.lettershop.store.hit.HitKind;

/**
 * Hits that have got their verdict.
 *
 * @param campaign whose mails they are of; null when the run is not known
 */
public record VerdictCount(
    String namespace, String campaign, HitKind kind, String verdict, long hits) {}
