package dev.lettershop.insight.experiment;

/**
 * The ratio of two rates.
 *
 * @param ratio the first rate over the second one; infinite when nobody of the second variant
 *     converted, not a number when nobody at all did
 * @param low the lower end of the interval, at least 0
 * @param high the upper end of the interval, possibly infinite
 */
public record RatioInterval(double ratio, double low, double high) {}
