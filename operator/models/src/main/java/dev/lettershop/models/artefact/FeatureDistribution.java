package dev.lettershop.models.artefact;

import dev.lettershop.models.table.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the people that were learnt from are spread over a feature: what those who are scored are
 * compared with.
 *
 * @param edges rising, between tenths of the people
 * @param shares of people up to each edge, above the last one, and of those of whom it is unknown
 */
public record FeatureDistribution(float[] edges, double[] shares) {
  private static final int TENTHS = 10;
  private static final double LEAST = 1e-4;

  /** Of each feature. */
  public static List<FeatureDistribution> of(Rows rows) {
    List<FeatureDistribution> spreads = new ArrayList<>();
    for (int column = 0; column < rows.columns(); column++) {
      spreads.add(of(rows, column));
    }
    return spreads;
  }

  private static FeatureDistribution of(Rows rows, int column) {
    float[] known = new float[rows.size()];
    int size = 0;
    for (int i = 0; i < rows.size(); i++) {
      float value = rows.at(i, column);
      if (!Float.isNaN(value)) {
        known[size++] = value;
      }
    }
    Arrays.sort(known, 0, size);
    float[] edges = new float[TENTHS - 1];
    int different = 0;
    for (int t = 1; t < TENTHS && size > 0; t++) {
      float edge = known[(int) ((long) size * t / TENTHS)];
      if (different == 0 || edge > edges[different - 1]) {
        edges[different++] = edge;
      }
    }
    Counts counts =
        new FeatureDistribution(Arrays.copyOf(edges, different), new double[0]).counts();
    for (int i = 0; i < rows.size(); i++) {
      counts.add(rows.at(i, column));
    }
    return new FeatureDistribution(Arrays.copyOf(edges, different), counts.shares());
  }

  /** Counts people in the same parts. */
  public Counts counts() {
    return new Counts(edges);
  }

  /** People in parts. Not thread-safe. */
  public static final class Counts {
    private final float[] edges;
    private final long[] counts;

    private Counts(float[] edges) {
      this.edges = edges;
      this.counts = new long[edges.length + 2];
    }

    public void add(float value) {
      int place = edges.length + 1;
      if (!Float.isNaN(value)) {
        place = 0;
        while (place < edges.length && value > edges[place]) {
          place++;
        }
      }
      counts[place]++;
    }

    double[] shares() {
      double all = Math.max(1, Arrays.stream(counts).sum());
      return Arrays.stream(counts).mapToDouble(count -> count / all).toArray();
    }
  }

  /**
   * The population stability index: 0 for the same spread, below 0.1 steady, above 0.25 another
   * one.
   */
  public double drift(Counts now) {
    double[] others = now.shares();
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      double was = Math.max(LEAST, shares[i]);
      double is = Math.max(LEAST, others[i]);
      sum += (is - was) * Math.log(is / was);
    }
    return sum;
  }
}
