package dev.lettershop.insight.experiment;

/**
 * What was estimated, and between which bounds the truth lies.
 *
 * @param estimate in the unit of what was measured
 * @param low the lower bound
 * @param high the upper bound
 */
public record Interval(double estimate, double low, double high) {}
