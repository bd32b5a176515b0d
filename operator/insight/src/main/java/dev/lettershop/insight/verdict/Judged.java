package dev.lettershop.insight.verdict;

/**
 * A hit and what is held of it.
 *
 * @param hit as it was handed in
 * @param reason the rule that applied, which names the verdict
 */
public record Judged(Hit hit, Reason reason) {}
