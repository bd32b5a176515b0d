package dev.lettershop.models.learn;

import dev.lettershop.models.table.Rows;

/**
 * Makes chances of log odds that are as often right as they say (Platt scaling), learnt from people
 * who were not learnt from.
 *
 * @param slope at least 0
 */
public record Calibration(double slope, double constant) {
  private static final int STEPS = 50;
  private static final double RIDGE = 1e-6;

  public static Calibration learn(Margin model, Rows rows) {
    double a = 1;
    double b = 0;
    float[] row = new float[rows.columns()];
    double[] margins = new double[rows.size()];
    for (int i = 0; i < margins.length; i++) {
      rows.copy(i, row);
      margins[i] = model.of(row);
    }
    for (int step = 0; step < STEPS; step++) {
      double ga = 0;
      double gb = 0;
      double haa = RIDGE;
      double hab = 0;
      double hbb = RIDGE;
      for (int i = 0; i < margins.length; i++) {
        double chance = Margin.chance(a * margins[i] + b);
        double missed = (rows.label(i) ? 1 : 0) - chance;
        double weight = chance * (1 - chance);
        ga += missed * margins[i];
        gb += missed;
        haa += weight * margins[i] * margins[i];
        hab += weight * margins[i];
        hbb += weight;
      }
      double determinant = haa * hbb - hab * hab;
      if (!(determinant > 0)) {
        break;
      }
      double da = (hbb * ga - hab * gb) / determinant;
      double db = (haa * gb - hab * ga) / determinant;
      a += Math.max(-1, Math.min(1, da));
      b += Math.max(-1, Math.min(1, db));
      if (Math.abs(da) + Math.abs(db) < 1e-9) {
        break;
      }
    }
    return new Calibration(Math.max(0, a), b);
  }

  /** A chance from 0 to 1. */
  public double chance(double margin) {
    return Margin.chance(slope * margin + constant);
  }
}
