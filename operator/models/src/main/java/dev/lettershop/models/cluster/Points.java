package dev.lettershop.models.cluster;

import dev.lettershop.models.table.Rows;
import dev.lettershop.models.table.Scale;
import java.util.List;

/** People as points in the space of scaled features, in one flat array. */
final class Points {
  private final int dimensions;
  private final float[] values;
  private final int size;

  Points(Rows rows, List<Scale> scales) {
    this.dimensions = rows.columns();
    this.size = rows.size();
    this.values = new float[size * dimensions];
    for (int i = 0; i < size; i++) {
      for (int d = 0; d < dimensions; d++) {
        values[i * dimensions + d] = (float) scales.get(d).of(rows.at(i, d));
      }
    }
  }

  int size() {
    return size;
  }

  int dimensions() {
    return dimensions;
  }

  double at(int point, int dimension) {
    return values[point * dimensions + dimension];
  }

  double[] copy(int point) {
    double[] copy = new double[dimensions];
    for (int d = 0; d < dimensions; d++) {
      copy[d] = at(point, d);
    }
    return copy;
  }

  double distance(int point, int other) {
    double sum = 0;
    for (int d = 0; d < dimensions; d++) {
      double apart = at(point, d) - at(other, d);
      sum += apart * apart;
    }
    return Math.sqrt(sum);
  }

  double squared(int point, double[] centre) {
    double sum = 0;
    for (int d = 0; d < dimensions; d++) {
      double apart = at(point, d) - centre[d];
      sum += apart * apart;
    }
    return sum;
  }
}
