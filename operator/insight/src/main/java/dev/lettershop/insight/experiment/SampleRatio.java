package dev.lettershop.insight.experiment;

import java.util.List;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.statistics.inference.ChiSquareTest;

/**
 * Whether variants got the shares of people that they were promised. Where they did not, something
 * chose whom to mail, and a comparison of the variants means nothing.
 *
 * @param shares the promised shares, in proportion; each over 0
 */
public record SampleRatio(List<Double> shares) {
  /** Below this p-value a mismatch is certain enough to stop a decision. */
  public static final double ALARM = 0.001;

  /** Keeps a copy. */
  public SampleRatio {
    shares = List.copyOf(shares);
  }

  /** The chi-squared test's p-value, for looking once. */
  public double pValue(List<Long> counts) {
    double total = sum();
    long people = counts.stream().mapToLong(Long::longValue).sum();
    if (people == 0) {
      return 1;
    }
    return ChiSquareTest.withDefaults()
        .test(
            shares.stream().mapToDouble(share -> share / total * people).toArray(),
            counts.stream().mapToLong(Long::longValue).toArray())
        .getPValue();
  }

  /**
   * A p-value that holds however often it is looked at, from a Dirichlet mixture of multinomials.
   *
   * @param concentration how close to the promise a mismatch is looked for, over 0: the larger, the
   *     smaller the mismatches that are found, and the later
   */
  public double sequentialPValue(List<Long> counts, double concentration) {
    double total = sum();
    long people = counts.stream().mapToLong(Long::longValue).sum();
    double log = LogGamma.value(concentration) - LogGamma.value(concentration + people);
    for (int i = 0; i < counts.size(); i++) {
      double share = shares.get(i) / total;
      log +=
          LogGamma.value(concentration * share + counts.get(i))
              - LogGamma.value(concentration * share)
              - counts.get(i) * Math.log(share);
    }
    return Math.min(1, Math.exp(-log));
  }

  private double sum() {
    return shares.stream().mapToDouble(Double::doubleValue).sum();
  }
}
