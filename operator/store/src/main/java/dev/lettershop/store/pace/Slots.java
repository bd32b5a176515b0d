package dev.lettershop.store.pace;

import java.time.Duration;

/**
 * Permission to hand over some mails, one at a time. Slots that are not used in time are lost.
 *
 * @param count 0 when none is to be had at the moment
 * @param start how long from now the first one is; with {@code count} 0, when to ask again
 * @param spacing how long after each the next one is
 */
public record Slots(int count, Duration start, Duration spacing) {}
