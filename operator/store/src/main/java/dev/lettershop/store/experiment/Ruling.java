package dev.lettershop.store.experiment;

/**
 * What a look came to.
 *
 * @param outcome Winner or NoWinner
 * @param reason Beats, NoDifference, TooFewPeople or SampleRatio
 * @param rest what becomes of those who wait
 * @param variant that they get, where {@code rest} is One; else null
 * @param expectedLoss share of its rate that a best one so far may cost, or null
 */
public record Ruling(
    String outcome, String reason, Rest rest, String variant, Double expectedLoss) {

  /** What those who wait get. */
  public enum Rest {
    /** All the same variant. */
    One,
    /** Each the variant that chance gives. */
    Split,
    /** No mail. */
    Nobody
  }
}
