package dev.lettershop.insight.experiment;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How much of the permitted error a test may have spent by a moment: little in the beginning, all
 * of it at the end. Lan and DeMets' function of the O'Brien-Fleming type, each tail taken by
 * itself.
 */
final class SpendingFunction {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final double alpha;
  private final double quantile;

  /**
   * @param alpha the probability of a false decision over all looks together, in (0, 1)
   */
  SpendingFunction(double alpha) {
    this.alpha = alpha;
    this.quantile = NORMAL.inverseSurvivalProbability(alpha / 4);
  }

  /**
   * The error of both tails together that may be spent by then.
   *
   * @param information the share of all answers that is expected by then, in (0, 1]
   */
  double spentBy(double information) {
    return information == 1
        ? alpha
        : 4 * NORMAL.survivalProbability(quantile / Math.sqrt(information));
  }
}
