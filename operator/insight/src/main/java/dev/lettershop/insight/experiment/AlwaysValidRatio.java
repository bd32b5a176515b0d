package dev.lettershop.insight.experiment;

import org.apache.commons.numbers.gamma.LogBeta;

/**
 * The evidence against a ratio of two rates, from the labels of those who converted; a mixture of
 * binomials over a beta distribution. Valid at any time: under the true ratio the evidence exceeds
 * 1/alpha at some moment with a probability of at most alpha.
 *
 * @param share the first variant's share of the people of both, in (0, 1)
 * @param a people of the first variant who converted
 * @param b people of the second variant who converted
 */
public record AlwaysValidRatio(double share, long a, long b) {
  /** How many converted people the mixture is tuned to. */
  private static final double CONCENTRATION = 100;

  /** Beyond this ratio, in logarithms, nothing is looked for. */
  private static final double FARTHEST = 50;

  /**
   * Checks what it is given.
   *
   * @throws IllegalArgumentException for a share outside (0, 1) or a negative count
   */
  public AlwaysValidRatio {
    if (!(share > 0 && share < 1) || a < 0 || b < 0) {
      throw new IllegalArgumentException(
          "share has to be in (0, 1) and counts at least 0: " + share + ", " + a + ", " + b);
    }
  }

  /** For use where a name reads better than a constructor. */
  public static AlwaysValidRatio of(double share, long a, long b) {
    return new AlwaysValidRatio(share, a, b);
  }

  /**
   * The logarithm of the evidence against a ratio.
   *
   * @param ratio the first rate over the second one, over 0
   */
  public double logEvidence(double ratio) {
    return logEvidenceAt(Math.log(ratio));
  }

  /** The p-value of "no difference", valid at this moment whatever was looked at before. */
  public double pValue() {
    return Math.min(1, Math.exp(-logEvidence(1)));
  }

  /**
   * All ratios that the evidence does not rule out.
   *
   * @param alpha the permitted probability to miss the truth at any look, in (0, 1)
   */
  public RatioInterval interval(double alpha) {
    double limit = -Math.log(alpha);
    double ratio = (double) a / b * (1 - share) / share;
    // Where the evidence is least; outside, it grows to both sides.
    double middle = Math.max(-FARTHEST, Math.min(FARTHEST, Math.log(ratio)));
    if (a + b == 0) {
      return new RatioInterval(Double.NaN, 0, Double.POSITIVE_INFINITY);
    }
    double low = a == 0 ? 0 : Math.exp(crossing(-FARTHEST, middle, limit));
    double high = b == 0 ? Double.POSITIVE_INFINITY : Math.exp(crossing(FARTHEST, middle, limit));
    return new RatioInterval(ratio, low, high);
  }

  private double crossing(double outside, double inside, double limit) {
    double out = outside;
    double in = inside;
    for (int i = 0; i < 200 && Math.abs(out - in) > 1e-13; i++) {
      double between = (out + in) / 2;
      if (logEvidenceAt(between) < limit) {
        in = between;
      } else {
        out = between;
      }
    }
    return in;
  }

  private double logEvidenceAt(double logRatio) {
    // ln q and ln (1 - q), for q = share * ratio / (share * ratio + 1 - share)
    double odds = Math.log(share) - Math.log1p(-share) + logRatio;
    double logA = -Math.log1p(Math.exp(-odds));
    double logB = -Math.log1p(Math.exp(odds));
    double priorA = CONCENTRATION * share;
    double priorB = CONCENTRATION * (1 - share);
    return LogBeta.value(priorA + a, priorB + b)
        - LogBeta.value(priorA, priorB)
        - (a == 0 ? 0 : a * logA)
        - (b == 0 ? 0 : b * logB);
  }
}
