package dev.lettershop.store.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A comparison of variants: as it was planned, the looks that were taken, and the decision.
 *
 * @param terms what is compared, and how
 * @param variants in their order
 * @param waiting people who waited for the decision when the audience was frozen
 * @param looks when it is looked, in order
 * @param taken the looks that were taken, in order
 * @param decision null before
 */
public record ExperimentState(
    Terms terms,
    List<Variant> variants,
    long waiting,
    List<PlannedLook> looks,
    List<TakenLook> taken,
    Decision decision) {
  public ExperimentState {
    variants = List.copyOf(variants);
    looks = List.copyOf(looks);
    taken = List.copyOf(taken);
  }

  /**
   * @param metric Open, Click, Conversion or Revenue
   * @param confidence in (0, 1)
   * @param minimumPerVariant mails that each variant must have sent before a decision
   * @param noWinner what those who wait get without a winner: First, BestSoFar, Split or Nobody
   */
  public record Terms(String metric, double confidence, int minimumPerVariant, String noWinner) {}

  /**
   * @param people who were planned for it at the freeze
   */
  public record Variant(String name, int weight, long people) {}

  /**
   * @param number from 1
   * @param information share of all answers that was expected by then
   */
  public record PlannedLook(int number, Instant at, double information) {}

  /**
   * @param answers one for each variant, in their order
   */
  public record TakenLook(int number, Instant at, List<Answers> answers) {
    public TakenLook {
      answers = List.copyOf(answers);
    }
  }

  /**
   * @param answers people who did what the metric asks for
   * @param value sum of what it was worth
   * @param squares sum of the squares of the same
   */
  public record Answers(long sent, long answers, double value, double squares) {}

  /**
   * @param outcome Winner or NoWinner
   * @param reason Beats, NoDifference, TooFewPeople or SampleRatio
   * @param winner the variant that those who waited get; null for a share of each, or none
   * @param expectedLoss share of its rate that a best one so far may cost; null otherwise
   */
  public record Decision(
      Instant at, String outcome, String reason, String winner, Double expectedLoss) {}

  /** Open, Click, Conversion or Revenue. */
  public String metric() {
    return terms.metric();
  }

  /** In (0, 1). */
  public double confidence() {
    return terms.confidence();
  }

  /** Mails that each variant must have sent before a decision. */
  public int minimumPerVariant() {
    return terms.minimumPerVariant();
  }

  /** What those who wait get without a winner: First, BestSoFar, Split or Nobody. */
  public String noWinner() {
    return terms.noWinner();
  }

  /** The look that comes next; empty once it is decided. */
  public Optional<PlannedLook> next() {
    int last = taken.isEmpty() ? 0 : taken.get(taken.size() - 1).number();
    return decision != null
        ? Optional.empty()
        : looks.stream().filter(look -> look.number() > last).findFirst();
  }
}
