package dev.lettershop.models.artefact;

import dev.lettershop.models.learn.Calibration;
import dev.lettershop.models.learn.Forest;
import dev.lettershop.models.learn.Logistic;
import dev.lettershop.models.learn.Margin;

/**
 * Says chances. Exactly one of {@code forest} and {@code logistic} is there.
 *
 * @param algorithm what learnt it
 */
public record Chances(String algorithm, Forest forest, Logistic logistic, Calibration calibration) {
  private static final double DIGITS = 1000;

  public Chances {
    if ((forest == null) == (logistic == null) || calibration == null) {
      throw new IllegalArgumentException(
          "A model of chances has trees or weights, and a calibration");
    }
  }

  public Margin margin() {
    return forest == null ? logistic : forest;
  }

  /** From 0 to 1, as it was learnt. */
  public double exact(float[] row) {
    return calibration.chance(margin().of(row));
  }

  /** The same in thousandths, so that it changes only when something has. */
  public double of(float[] row) {
    return Math.round(exact(row) * DIGITS) / DIGITS;
  }
}
