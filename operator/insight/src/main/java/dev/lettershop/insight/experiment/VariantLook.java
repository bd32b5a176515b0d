package dev.lettershop.insight.experiment;

import java.util.List;

/**
 * What a look at a running test of two or more variants saw.
 *
 * @param information the share of all answers that was expected by then when the test was planned,
 *     in (0, 1]; 1 at the deadline
 * @param converted people of each variant who converted so far
 */
public record VariantLook(double information, List<Long> converted) {
  /** Keeps a copy. */
  public VariantLook {
    converted = List.copyOf(converted);
  }

  Look of(int a, int b) {
    return new Look(information, converted.get(a), converted.get(b));
  }
}
