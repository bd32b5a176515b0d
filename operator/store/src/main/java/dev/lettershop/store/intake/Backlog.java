package dev.lettershop.store.intake;

import java.time.Duration;

/**
 * What waits to be worked through.
 *
 * @param events how many calls
 * @param oldest how long the first of them has waited; zero when there is none
 */
public record Backlog(long events, Duration oldest) {}
