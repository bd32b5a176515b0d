package dev.lettershop.models.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Hierarchical clustering by Ward's criterion with a chain of nearest neighbours over centroids:
 * time grows with the square of the points, memory with the points (Murtagh 1983).
 */
final class Ward {
  static final int MOST_POINTS = 10_000;

  private final double[][] centres;
  private final int[] sizes;
  private final List<Merge> merges = new ArrayList<>();

  /** Two clusters that became one, and the height at which they did. */
  record Merge(int one, int other, double height) {}

  private Ward(Points points, int count) {
    centres = new double[count][];
    sizes = new int[count];
    for (int i = 0; i < count; i++) {
      centres[i] = points.copy(i);
      sizes[i] = 1;
    }
  }

  /** Centres of {@code k} clusters of the first points. */
  static double[][] centres(Points points, int k) {
    int count = Math.min(points.size(), MOST_POINTS);
    List<Merge> merges = merges(points, count);
    int[] cluster = new int[count];
    for (int i = 0; i < count; i++) {
      cluster[i] = i;
    }
    for (Merge merge : merges.subList(0, Math.max(0, count - Math.min(k, count)))) {
      cluster[root(cluster, merge.other)] = root(cluster, merge.one);
    }
    return means(points, cluster);
  }

  /** All merges, the lowest first. */
  static List<Merge> merges(Points points, int count) {
    Ward ward = new Ward(points, count);
    ward.mergeAll();
    ward.merges.sort(Comparator.comparingDouble(Merge::height));
    return ward.merges;
  }

  private static int root(int[] cluster, int of) {
    int root = of;
    while (cluster[root] != root) {
      root = cluster[root];
    }
    return root;
  }

  private static double[][] means(Points points, int[] cluster) {
    List<Integer> roots = new ArrayList<>();
    List<double[]> sums = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < cluster.length; i++) {
      int root = root(cluster, i);
      int place = roots.indexOf(root);
      if (place < 0) {
        place = roots.size();
        roots.add(root);
        sums.add(new double[points.dimensions()]);
        counts.add(0);
      }
      for (int d = 0; d < points.dimensions(); d++) {
        sums.get(place)[d] += points.at(i, d);
      }
      counts.set(place, counts.get(place) + 1);
    }
    for (int c = 0; c < sums.size(); c++) {
      for (int d = 0; d < points.dimensions(); d++) {
        sums.get(c)[d] /= counts.get(c);
      }
    }
    return sums.toArray(double[][]::new);
  }

  private void mergeAll() {
    int[] chain = new int[centres.length];
    int length = 0;
    for (int left = centres.length; left > 1; ) {
      if (length == 0) {
        chain[length++] = first();
      }
      int last = chain[length - 1];
      int before = length > 1 ? chain[length - 2] : -1;
      int nearest = nearest(last, before);
      if (nearest == before) {
        merge(before, last);
        length -= 2;
        left--;
      } else {
        chain[length++] = nearest;
      }
    }
  }

  private int first() {
    int i = 0;
    while (sizes[i] == 0) {
      i++;
    }
    return i;
  }

  /** Of several at the same distance the one before in the chain, so that the chain ends. */
  private int nearest(int of, int before) {
    int best = before;
    double least = before < 0 ? Double.POSITIVE_INFINITY : cost(of, before);
    for (int i = 0; i < centres.length; i++) {
      if (sizes[i] > 0 && i != of) {
        double cost = cost(of, i);
        if (cost < least) {
          least = cost;
          best = i;
        }
      }
    }
    return best;
  }

  /** What the sum of squares grows by, twice. */
  private double cost(int one, int other) {
    double sum = 0;
    double[] a = centres[one];
    double[] b = centres[other];
    for (int d = 0; d < a.length; d++) {
      double apart = a[d] - b[d];
      sum += apart * apart;
    }
    double n = sizes[one];
    double m = sizes[other];
    return 2 * n * m / (n + m) * sum;
  }

  private void merge(int one, int other) {
    merges.add(new Merge(one, other, Math.sqrt(cost(one, other))));
    double n = sizes[one];
    double m = sizes[other];
    for (int d = 0; d < centres[one].length; d++) {
      centres[one][d] = (n * centres[one][d] + m * centres[other][d]) / (n + m);
    }
    sizes[one] += sizes[other];
    sizes[other] = 0;
  }
}
