package dev.lettershop.insight.report;

import dev.lettershop.insight.experiment.Interval;
import dev.lettershop.insight.experiment.Proportion;

/**
 * A part of a number of people, with the interval in which the rate lies with a confidence of 95%
 * (Wilson's, for somebody who looks once).
 *
 * @param count how many did it
 * @param of of how many
 * @param rate from 0 to 1; null of nobody
 * @param low end of the interval; null of nobody
 * @param high end of the interval; null of nobody
 */
public record Rate(long count, long of, Double rate, Double low, Double high) {
  private static final double CONFIDENCE = 0.95;

  /**
   * @throws IllegalArgumentException when it would exceed 100%
   */
  public static Rate of(long count, long of) {
    if (count > of) {
      throw new IllegalArgumentException(count + " of " + of + " people exceed 100%");
    }
    if (of == 0) {
      return new Rate(0, 0, null, null, null);
    }
    Interval interval = new Proportion(count, of).wilson(CONFIDENCE);
    return new Rate(count, of, (double) count / of, interval.low(), interval.high());
  }

  /** Such as {@code 7.2% (5.6% to 9.1%)}; {@code –} of nobody. */
  public String text() {
    return rate == null
        ? "–"
        : Words.percent(rate) + " (" + Words.percent(low) + " to " + Words.percent(high) + ")";
  }

  /** Such as {@code 7.2%}; {@code –} of nobody. */
  public String percent() {
    return rate == null ? "–" : Words.percent(rate);
  }
}
