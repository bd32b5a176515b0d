package dev.lettershop.insight.experiment;

/**
 * Asymptotic confidence sequences of the difference of two means: intervals that hold at all looks
 * together once there are enough people (Waudby-Smith and others, arXiv 2103.06476, equations 9,
 * 155 and 161).
 *
 * @param tuning the number of people of both variants at which the sequence is narrowest: those who
 *     are planned; at least 1
 * @param alpha the permitted probability to miss the truth at any look, in (0, 1)
 */
public record ConfidenceSequence(double tuning, double alpha) {
  /**
   * Checks what it is given.
   *
   * @throws IllegalArgumentException for values outside their ranges
   */
  public ConfidenceSequence {
    if (!(tuning >= 1) || !(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException(
          "tuning has to be at least 1 and alpha in (0, 1): " + tuning + ", " + alpha);
    }
  }

  /** How much more the second sample has than the first one, in the unit of the measure. */
  public Interval difference(Sample first, Sample second) {
    double half = halfWidth(first.people() + second.people(), first.error() + second.error());
    double estimate = second.mean() - first.mean();
    return new Interval(estimate, estimate - half, estimate + half);
  }

  /** The same as a share of the first sample's mean: 0.2 is a fifth more. */
  public Interval lift(Sample first, Sample second) {
    double ratio = second.mean() / first.mean();
    double error = (second.error() + first.error() * ratio * ratio) / (first.mean() * first.mean());
    double half = halfWidth(first.people() + second.people(), error);
    return new Interval(ratio - 1, ratio - 1 - half, ratio - 1 + half);
  }

  /** The p-value of "no difference", valid at this moment whatever was looked at before. */
  public double pValue(Sample first, Sample second) {
    double n = first.people() + second.people();
    double spread = n * rho() * rho() + 1;
    double difference = second.mean() - first.mean();
    double squared = n * difference * difference / (first.error() + second.error());
    double logEvidence = rho() * rho() * squared / (2 * spread) - Math.log(spread) / 2;
    return Math.min(1, Math.exp(-logEvidence));
  }

  private double halfWidth(double people, double error) {
    double spread = people * rho() * rho() + 1;
    double variance = error * people;
    return Math.sqrt(
        variance * 2 * spread * Math.log(Math.sqrt(spread) / alpha) / Math.pow(people * rho(), 2));
  }

  private double rho() {
    return Math.sqrt((-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / tuning);
  }
}
