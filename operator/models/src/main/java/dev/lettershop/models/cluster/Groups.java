package dev.lettershop.models.cluster;

import dev.lettershop.models.table.Rows;
import dev.lettershop.models.table.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Named groups: everybody belongs to the one whose centre is nearest. Immutable.
 *
 * @param names in the order in which they were declared
 * @param centres of each name, on the scales
 */
public record Groups(List<Scale> scales, List<String> names, double[][] centres) {
  private static final int FOR_SILHOUETTE = 2_000;

  public Groups {
    scales = List.copyOf(scales);
    names = List.copyOf(names);
  }

  /** How groups are found. */
  public enum Method {
    KMeans,
    Hierarchical
  }

  /**
   * What is wished for.
   *
   * @param log which features are taken by their logarithm
   * @param names of the groups
   * @param likeness for each name what is said of features: -1 low, 0 in the middle, 1 high, by the
   *     feature's column
   */
  public record Wanted(
      Method method, boolean[] log, List<String> names, List<Map<Integer, Integer>> likeness) {}

  /**
   * Finds the groups and names them: after the groups that there were before, else by what is said
   * of them.
   *
   * @param before null for none
   * @throws IllegalArgumentException when there are fewer different people than groups
   */
  public static Groups learn(Rows rows, Wanted wanted, Groups before) {
    List<Scale> scales = new ArrayList<>();
    for (int i = 0; i < rows.columns(); i++) {
      scales.add(Scale.of(rows, i, wanted.log()[i]));
    }
    Points points = new Points(rows, scales);
    int k = wanted.names().size();
    if (points.size() < k) {
      throw new IllegalArgumentException(
          "there are " + points.size() + " people for " + k + " groups");
    }
    double[][] found =
        wanted.method() == Method.KMeans ? KMeans.centres(points, k) : Ward.centres(points, k);
    if (found.length < k) {
      throw new IllegalArgumentException(
          "people differ in too little: they make " + found.length + " groups instead of " + k);
    }
    boolean known = before != null && before.names.equals(wanted.names());
    int[] assigned =
        CentreNames.assign(known ? apart(before, scales, found) : unlike(found, wanted.likeness()));
    double[][] centres = new double[k][];
    for (int name = 0; name < k; name++) {
      centres[name] = found[assigned[name]];
    }
    return new Groups(scales, wanted.names(), centres);
  }

  /** Squared distances between the centres of before and now, on the scales of now. */
  private static double[][] apart(Groups before, List<Scale> scales, double[][] found) {
    int k = found.length;
    double[][] cost = new double[k][k];
    for (int name = 0; name < k; name++) {
      for (int c = 0; c < k; c++) {
        for (int d = 0; d < scales.size(); d++) {
          Scale was = before.scales.get(d);
          Scale is = scales.get(d);
          double raw = before.centres[name][d] * was.deviation() + was.median();
          double apart = (raw - is.median()) / is.deviation() - found[c][d];
          cost[name][c] += apart * apart;
        }
      }
    }
    return cost;
  }

  /** How little each centre is like what is said of each name, among the centres. */
  private static double[][] unlike(double[][] found, List<Map<Integer, Integer>> likeness) {
    int k = found.length;
    double[][] cost = new double[k][k];
    for (int name = 0; name < k; name++) {
      for (Map.Entry<Integer, Integer> said : likeness.get(name).entrySet()) {
        double[] column = Arrays.stream(found).mapToDouble(c -> c[said.getKey()]).toArray();
        double mean = Arrays.stream(column).average().orElse(0);
        double spread =
            Math.sqrt(Arrays.stream(column).map(v -> (v - mean) * (v - mean)).average().orElse(0));
        for (int c = 0; c < k; c++) {
          double standard = spread > 0 ? (column[c] - mean) / spread : 0;
          cost[name][c] += (standard - said.getValue()) * (standard - said.getValue());
        }
      }
    }
    return cost;
  }

  /** The number of the group that somebody belongs to. */
  public int of(float[] row) {
    double[] point = new double[row.length];
    for (int d = 0; d < row.length; d++) {
      point[d] = scales.get(d).of(row[d]);
    }
    return Centres.nearest(point, centres);
  }

  /** How many of some people belong to each group. */
  public int[] sizes(Rows rows) {
    int[] sizes = new int[names.size()];
    float[] row = new float[rows.columns()];
    for (int i = 0; i < rows.size(); i++) {
      rows.copy(i, row);
      sizes[of(row)]++;
    }
    return sizes;
  }

  /** Share of some people who are in a group of another name than before, from 0 to 1. */
  public double moved(Rows rows, Groups before) {
    int moved = 0;
    float[] row = new float[rows.columns()];
    for (int i = 0; i < rows.size(); i++) {
      rows.copy(i, row);
      moved += names.get(of(row)).equals(before.names.get(before.of(row))) ? 0 : 1;
    }
    return rows.size() == 0 ? 0 : (double) moved / rows.size();
  }

  /**
   * How well people fit into their groups, from -1 to 1 (Rousseeuw), over at most {@value
   * #FOR_SILHOUETTE} of them.
   */
  public double silhouette(Rows rows) {
    Points points =
        new Points(
            rows.size() <= FOR_SILHOUETTE ? rows : rows.where(i -> i < FOR_SILHOUETTE), scales);
    int n = points.size();
    int[] group = new int[n];
    int[] sizes = new int[names.size()];
    for (int i = 0; i < n; i++) {
      group[i] = Centres.nearest(points, i, centres);
      sizes[group[i]]++;
    }
    double sum = 0;
    double[] distances = new double[names.size()];
    for (int i = 0; i < n; i++) {
      Arrays.fill(distances, 0);
      for (int j = 0; j < n; j++) {
        distances[group[j]] += points.distance(i, j);
      }
      sum += silhouette(group[i], distances, sizes);
    }
    return n == 0 ? 0 : sum / n;
  }

  private static double silhouette(int own, double[] distances, int[] sizes) {
    if (sizes[own] < 2) {
      return 0;
    }
    double inside = distances[own] / (sizes[own] - 1);
    double outside = Double.POSITIVE_INFINITY;
    for (int g = 0; g < sizes.length; g++) {
      if (g != own && sizes[g] > 0) {
        outside = Math.min(outside, distances[g] / sizes[g]);
      }
    }
    return Double.isInfinite(outside) ? 0 : (outside - inside) / Math.max(inside, outside);
  }
}
