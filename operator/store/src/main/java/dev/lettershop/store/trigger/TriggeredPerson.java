package dev.lettershop.store.trigger;

import java.time.Instant;

/**
 * One event of a person that triggered a campaign, and what became of it.
 *
 * @param event its id
 * @param outcome {@code planned} or the reason's key; null while it waits
 * @param decidedAt null while it waits
 * @param run name of the run; null when the ledger has another row of the person's day
 * @param state of the ledger's row, or null
 */
public record TriggeredPerson(
    String event, Instant at, String outcome, Instant decidedAt, String run, String state) {}
