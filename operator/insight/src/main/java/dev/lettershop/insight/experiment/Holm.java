package dev.lettershop.insight.experiment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's correction of several p-values, for statements about pairs other than the winner's. */
public final class Holm {
  private Holm() {}

  /**
   * @param pValues of single tests
   * @return in the same order, such that the probability of any false statement below alpha is at
   *     most alpha
   */
  public static double[] adjust(double... pValues) {
    Integer[] order = IntStream.range(0, pValues.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
    double[] adjusted = new double[pValues.length];
    double largest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      largest = Math.max(largest, Math.min(1, pValues[order[rank]] * (pValues.length - rank)));
      adjusted[order[rank]] = largest;
    }
    return adjusted;
  }
}
