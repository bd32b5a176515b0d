package dev.lettershop.models.learn;

import dev.lettershop.models.table.Rows;
import dev.lettershop.models.table.Scale;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * Logistic regression over scaled features. An unknown feature counts as its median, and a weight
 * of its own says what being unknown means.
 *
 * @param scales of the features
 * @param weights the constant, one for each feature, then one for each being unknown
 */
public record Logistic(List<Scale> scales, double[] weights) implements Margin {
  private static final double RIDGE = 1;
  private static final int MOST_STEPS = 30;
  private static final double ENOUGH = 1e-8;

  /**
   * Learns by Newton's method with a small penalty on large weights.
   *
   * @param log which features are taken by their logarithm
   */
  public static Logistic learn(Rows rows, boolean[] log) {
    List<Scale> scales = new ArrayList<>();
    for (int i = 0; i < rows.columns(); i++) {
      scales.add(Scale.of(rows, i, log[i]));
    }
    double[] weights = new double[1 + 2 * rows.columns()];
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] change = step(rows, scales, weights);
      double largest = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] += change[i];
        largest = Math.max(largest, Math.abs(change[i]));
      }
      if (largest < ENOUGH) {
        break;
      }
    }
    return new Logistic(List.copyOf(scales), weights);
  }

  private static double[] step(Rows rows, List<Scale> scales, double[] weights) {
    int n = weights.length;
    double[][] curvature = new double[n][n];
    double[] slope = new double[n];
    for (int i = 1; i < n; i++) {
      curvature[i][i] = RIDGE;
      slope[i] = -RIDGE * weights[i];
    }
    curvature[0][0] = ENOUGH;
    float[] row = new float[rows.columns()];
    double[] x = new double[n];
    for (int r = 0; r < rows.size(); r++) {
      rows.copy(r, row);
      inputs(scales, row, x);
      double chance = Margin.chance(dot(weights, x));
      double missed = (rows.label(r) ? 1 : 0) - chance;
      double weight = chance * (1 - chance);
      for (int i = 0; i < n; i++) {
        if (x[i] != 0) {
          slope[i] += missed * x[i];
          double part = weight * x[i];
          for (int j = 0; j <= i; j++) {
            curvature[i][j] += part * x[j];
          }
        }
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        curvature[i][j] = curvature[j][i];
      }
    }
    return new CholeskyDecomposition(new Array2DRowRealMatrix(curvature, false), 1e-9, 1e-12)
        .getSolver()
        .solve(new ArrayRealVector(slope, false))
        .toArray();
  }

  private static void inputs(List<Scale> scales, float[] row, double[] x) {
    x[0] = 1;
    for (int i = 0; i < row.length; i++) {
      x[1 + i] = scales.get(i).of(row[i]);
      x[1 + row.length + i] = Float.isNaN(row[i]) ? 1 : 0;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public double of(float[] row) {
    double[] x = new double[weights.length];
    inputs(scales, row, x);
    return dot(weights, x);
  }
}
