package dev.lettershop.models.cluster;

/** Finds the nearest of some centres. */
final class Centres {
  private Centres() {}

  static int nearest(Points points, int point, double[][] centres) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.length; c++) {
      double squared = points.squared(point, centres[c]);
      if (squared < least) {
        least = squared;
        best = c;
      }
    }
    return best;
  }

  static int nearest(double[] point, double[][] centres) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.length; c++) {
      double squared = 0;
      for (int d = 0; d < point.length; d++) {
        double apart = point[d] - centres[c][d];
        squared += apart * apart;
      }
      if (squared < least) {
        least = squared;
        best = c;
      }
    }
    return best;
  }
}
