package dev.lettershop.insight.experiment;

/**
 * What an experiment came to.
 *
 * @param cause why it ends now
 * @param variant place of the winner, or of the best one so far where there is no winner and that
 *     is known; -1 otherwise
 * @param expectedLoss share of its rate that choosing the best one so far costs on average; not a
 *     number where that is not known
 */
public record Finding(Cause cause, int variant, double expectedLoss) {

  /** Why an experiment ends. */
  public enum Cause {
    /** A variant is better than each of the others. */
    Beats,
    /** The differences may be chance. */
    NoDifference,
    /** A variant has sent fewer mails than were asked for. */
    TooFewPeople,
    /** Variants did not get the people that they were promised, so that nothing can be compared. */
    SampleRatio
  }

  static Finding of(Cause cause) {
    return new Finding(cause, -1, Double.NaN);
  }
}
