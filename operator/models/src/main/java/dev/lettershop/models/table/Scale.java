package dev.lettershop.models.table;

import java.util.Arrays;

/**
 * How one feature is brought to a scale on which features can be compared: its logarithm if wanted,
 * then its distance from the median in robust standard deviations, at most {@value #FARTHEST}.
 *
 * @param log whether counts and money are skewed, so that orders of magnitude count
 * @param median of what is known
 * @param deviation above 0
 */
public record Scale(boolean log, double median, double deviation) {
  private static final double FARTHEST = 8;

  /** Between the quartiles of a normal distribution, in standard deviations. */
  private static final double QUARTILES = 1.349;

  /** Learns the scale of a column. */
  public static Scale of(Rows rows, int column, boolean log) {
    double[] known = new double[rows.size()];
    int size = 0;
    for (int i = 0; i < rows.size(); i++) {
      double value = transformed(rows.at(i, column), log);
      if (!Double.isNaN(value)) {
        known[size++] = value;
      }
    }
    double[] sorted = Arrays.copyOf(known, size);
    Arrays.sort(sorted);
    if (size == 0) {
      return new Scale(log, 0, 1);
    }
    double spread = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / QUARTILES;
    double deviation = spread > 0 ? spread : standardDeviation(sorted);
    return new Scale(log, quantile(sorted, 0.5), deviation > 0 ? deviation : 1);
  }

  private static double transformed(double value, boolean log) {
    return log ? Math.copySign(Math.log1p(Math.abs(value)), value) : value;
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int low = (int) place;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
  }

  private static double standardDeviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
  }

  /** The value on the scale; 0, which is the middle, for an unknown one. */
  public double of(float value) {
    if (Float.isNaN(value)) {
      return 0;
    }
    double standard = (transformed(value, log) - median) / deviation;
    return Math.max(-FARTHEST, Math.min(FARTHEST, standard));
  }
}
