package dev.lettershop.insight.experiment;

/**
 * What a look at a running test of two variants saw.
 *
 * @param information the share of all answers that was expected by then when the test was planned,
 *     in (0, 1]; 1 at the deadline
 * @param a people of the first variant who converted so far
 * @param b people of the second variant who converted so far
 */
public record Look(double information, long a, long b) {
  /** Refuses shares outside (0, 1] and negative counts. */
  public Look {
    if (!(information > 0 && information <= 1)) {
      throw new IllegalArgumentException("information has to be in (0, 1], was " + information);
    }
    if (a < 0 || b < 0) {
      throw new IllegalArgumentException("counts cannot be negative: " + a + " and " + b);
    }
  }

  long total() {
    return a + b;
  }
}
