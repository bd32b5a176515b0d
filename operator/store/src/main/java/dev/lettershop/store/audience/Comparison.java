package dev.lettershop.store.audience;

import java.time.Duration;
import java.util.List;

/**
 * How the variants of a run are compared, as it is fixed when the audience is frozen.
 *
 * @param testPercent share of the audience that gets the variants first, 1 to 100; the rest waits
 *     for the decision
 * @param metric Open, Click, Conversion or Revenue
 * @param confidence in (0, 1)
 * @param minimumPerVariant mails that each variant must have sent before a decision, at least 1
 * @param noWinner First, BestSoFar, Split or Nobody: what those who wait get without a winner
 * @param looks in order; the last one decides
 */
public record Comparison(
    int testPercent,
    String metric,
    double confidence,
    int minimumPerVariant,
    String noWinner,
    List<Look> looks) {
  public Comparison {
    looks = List.copyOf(looks);
  }

  /**
   * @param after the freeze
   * @param information share of all answers that is expected by then, in (0, 1]; 1 at the last one
   */
  public record Look(Duration after, double information) {}
}
