package dev.lettershop.insight.experiment;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many of a number of people did something. For looking once; a test that is looked at while it
 * runs is {@link VariantTest}.
 *
 * @param count those who did
 * @param people all of them, at least one
 */
public record Proportion(long count, long people) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /**
   * Checks what it is given.
   *
   * @throws IllegalArgumentException for no people, or a count outside 0 to all
   */
  public Proportion {
    if (people < 1 || count < 0 || count > people) {
      throw new IllegalArgumentException(count + " of " + people + " people cannot be");
    }
  }

  /** The share of those who did, 0 to 1. */
  public double rate() {
    return (double) count / people;
  }

  /**
   * Wilson's interval, which is right for small counts too.
   *
   * @param confidence in (0, 1), such as 0.95
   */
  public Interval wilson(double confidence) {
    double z = quantile(confidence);
    double n = people;
    double centre = (rate() + z * z / (2 * n)) / (1 + z * z / n);
    double half = z * Math.sqrt(rate() * (1 - rate()) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    return new Interval(rate(), Math.max(0, centre - half), Math.min(1, centre + half));
  }

  /**
   * Newcombe's interval of the difference of this rate and another one.
   *
   * @param confidence in (0, 1), such as 0.95
   */
  public Interval minus(Proportion other, double confidence) {
    Interval mine = wilson(confidence);
    Interval theirs = other.wilson(confidence);
    double difference = rate() - other.rate();
    return new Interval(
        difference,
        difference - Math.hypot(rate() - mine.low(), theirs.high() - other.rate()),
        difference + Math.hypot(mine.high() - rate(), other.rate() - theirs.low()));
  }

  /** The pooled z statistic of this rate against another one. */
  public double z(Proportion other) {
    double pooled = (double) (count + other.count) / (people + other.people);
    return (rate() - other.rate())
        / Math.sqrt(pooled * (1 - pooled) * (1.0 / people + 1.0 / other.people));
  }

  static double quantile(double confidence) {
    return NORMAL.inverseSurvivalProbability((1 - confidence) / 2);
  }

  static double pValue(double z) {
    return 2 * NORMAL.survivalProbability(Math.abs(z));
  }
}
