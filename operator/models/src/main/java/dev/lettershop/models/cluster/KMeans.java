package dev.lettershop.models.cluster;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.clustering.MultiKMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

/**
 * k-means: many starts on a sample, of which most end somewhere bad, then the best one's centres
 * moved over all points.
 */
final class KMeans {
  private static final int STARTS = 20;
  private static final int SAMPLE = 20_000;
  private static final int STEPS_OF_SAMPLE = 100;
  private static final int STEPS = 50;
  private static final double STILL = 1e-4;
  private static final int SEED = 20_260_301;

  private KMeans() {}

  /** Centres, fewer than {@code k} when there are fewer different points. */
  static double[][] centres(Points points, int k) {
    List<DoublePoint> sample = new ArrayList<>();
    for (int i = 0; i < Math.min(SAMPLE, points.size()); i++) {
      sample.add(new DoublePoint(points.copy(i)));
    }
    long different = sample.stream().distinct().limit(k).count();
    KMeansPlusPlusClusterer<DoublePoint> one =
        new KMeansPlusPlusClusterer<>(
            (int) Math.min(k, different),
            STEPS_OF_SAMPLE,
            new EuclideanDistance(),
            new Well19937c(SEED),
            KMeansPlusPlusClusterer.EmptyClusterStrategy.FARTHEST_POINT);
    double[][] centres =
        new MultiKMeansPlusPlusClusterer<>(one, STARTS)
            .cluster(sample).stream()
                .map(CentroidCluster::getCenter)
                .map(center -> center.getPoint().clone())
                .toArray(double[][]::new);
    int steps = 0;
    while (steps < STEPS && moved(points, centres) > STILL) {
      steps++;
    }
    return centres;
  }

  /** One step of Lloyd; returns how far the centres have moved. */
  private static double moved(Points points, double[][] centres) {
    int dimensions = points.dimensions();
    double[][] sums = new double[centres.length][dimensions];
    int[] counts = new int[centres.length];
    for (int i = 0; i < points.size(); i++) {
      int nearest = Centres.nearest(points, i, centres);
      counts[nearest]++;
      for (int d = 0; d < dimensions; d++) {
        sums[nearest][d] += points.at(i, d);
      }
    }
    double moved = 0;
    for (int c = 0; c < centres.length; c++) {
      for (int d = 0; counts[c] > 0 && d < dimensions; d++) {
        double to = sums[c][d] / counts[c];
        moved += Math.abs(to - centres[c][d]);
        centres[c][d] = to;
      }
    }
    return moved;
  }
}
