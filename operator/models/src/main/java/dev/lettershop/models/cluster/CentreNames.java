package dev.lettershop.models.cluster;

import java.util.Arrays;

/** Which centre gets which name, so that the sum of what does not fit is least. */
final class CentreNames {
  private CentreNames() {}

  /**
   * For each name the number of its centre.
   *
   * @param cost by name and centre; as many centres as names, at most 20
   */
  static int[] assign(double[][] cost) {
    int k = cost.length;
    double[] least = new double[1 << k];
    int[] chosen = new int[1 << k];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    least[0] = 0;
    for (int taken = 0; taken < 1 << k; taken++) {
      int name = Integer.bitCount(taken);
      for (int centre = 0; name < k && centre < k; centre++) {
        int next = taken | 1 << centre;
        if (next != taken && least[taken] + cost[name][centre] < least[next]) {
          least[next] = least[taken] + cost[name][centre];
          chosen[next] = centre;
        }
      }
    }
    int[] assigned = new int[k];
    int taken = (1 << k) - 1;
    for (int name = k - 1; name >= 0; name--) {
      assigned[name] = chosen[taken];
      taken &= ~(1 << chosen[taken]);
    }
    return assigned;
  }
}
