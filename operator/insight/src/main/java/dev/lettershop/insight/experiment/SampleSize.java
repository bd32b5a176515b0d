package dev.lettershop.insight.experiment;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many people a test of two equal shares needs to find a difference.
 *
 * @param confidence in (0, 1), such as 0.95
 * @param power the probability to find a difference that is there, in (0, 1), such as 0.8
 */
public record SampleSize(double confidence, double power) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** How much more the looks of {@link VariantTest} cost than a single look at the end. */
  private static final double LOOKS = 1.05;

  /**
   * People of each variant, for a single look at the end.
   *
   * @param rate the share of people who convert without the change, in (0, 1)
   * @param lift the change to be found, as a share of that rate: 0.2 is a fifth more; not 0
   */
  public long perVariant(double rate, double lift) {
    return (long) Math.ceil(exact(rate, lift));
  }

  /** The same for a test that is looked at while it runs. */
  public long perVariantWithLooks(double rate, double lift) {
    return (long) Math.ceil(exact(rate, lift) * LOOKS);
  }

  /**
   * The smallest lift over 0 that so many people can show in a test with looks, as a share of the
   * rate.
   *
   * @param rate the share of people who convert without the change, in (0, 1)
   * @param perVariant people of each variant, at least one
   * @return infinite when not even everybody's converting would be found
   */
  public double smallestLift(double rate, long perVariant) {
    double high = 1 / rate - 1;
    if (perVariantWithLooks(rate, high) > perVariant) {
      return Double.POSITIVE_INFINITY;
    }
    double low = 0;
    while (high - low > 1e-6) {
      double middle = (low + high) / 2;
      if (perVariantWithLooks(rate, middle) <= perVariant) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private double exact(double rate, double lift) {
    double other = rate * (1 + lift);
    double mean = (rate + other) / 2;
    double byChance = Proportion.quantile(confidence) * Math.sqrt(2 * mean * (1 - mean));
    double byChange =
        NORMAL.inverseCumulativeProbability(power)
            * Math.sqrt(rate * (1 - rate) + other * (1 - other));
    return Math.pow((byChance + byChange) / (rate - other), 2);
  }
}
