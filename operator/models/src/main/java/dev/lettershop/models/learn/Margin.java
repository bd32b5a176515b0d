package dev.lettershop.models.learn;

/** What a learnt model says of one person. Immutable and thread-safe. */
public interface Margin {
  /**
   * Log odds: above 0 for "rather yes".
   *
   * @param row of features, NaN for unknown
   */
  double of(float[] row);

  /** Log odds as a chance from 0 to 1. */
  static double chance(double margin) {
    return 1 / (1 + Math.exp(-margin));
  }
}
