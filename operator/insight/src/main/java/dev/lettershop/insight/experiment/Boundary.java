package dev.lettershop.insight.experiment;

/**
 * Where a look decides.
 *
 * @param lower the second variant wins when the first one's count is at most this; -1 when no count
 *     is low enough
 * @param upper the first variant wins when its count is at least this; one more than all who
 *     converted when no count is high enough
 * @param spentBelow the probability, without any difference, that the test has ended by now because
 *     the count was too low
 * @param spentAbove the same for counts that were too high
 */
public record Boundary(long lower, long upper, double spentBelow, double spentAbove) {

  Winner winner(long a) {
    if (a <= lower) {
      return Winner.B;
    }
    return a >= upper ? Winner.A : Winner.NONE;
  }
}
