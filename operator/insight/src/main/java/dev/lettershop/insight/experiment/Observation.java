package dev.lettershop.insight.experiment;

import java.util.List;

/**
 * A look at the variants of a running experiment.
 *
 * @param information the share of all answers that was expected by then when the test was planned,
 *     in (0, 1]; 1 at the deadline
 * @param variants one for each, in their order
 */
public record Observation(double information, List<AnswerTotals> variants) {
  /** Keeps a copy. */
  public Observation {
    variants = List.copyOf(variants);
  }
}
