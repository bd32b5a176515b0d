package dev.lettershop.store.segment;

import java.time.Instant;

/**
 * What a refresh came to.
 *
 * @param size members now
 * @param entered of these, who was none at the refresh before
 * @param left who was a member at the refresh before and is none now
 * @param at the moment for which the rule was answered, by the database's clock
 */
public record Refreshed(long size, long entered, long left, Instant at) {}
