package dev.lettershop.insight.experiment;

/**
 * The mean of a measure such as money per recipient.
 *
 * @param people how many were measured, those with nothing included; at least two
 * @param mean in the unit of the measure
 * @param variance of a single person's measure, at least 0
 */
public record Sample(long people, double mean, double variance) {
  /**
   * Checks what it is given.
   *
   * @throws IllegalArgumentException for fewer than two people or a negative variance
   */
  public Sample {
    if (people < 2 || !(variance >= 0)) {
      throw new IllegalArgumentException(
          "two people and a variance of at least 0 are needed: " + people + ", " + variance);
    }
  }

  /** The squared error of the mean. */
  double error() {
    return variance / people;
  }
}
