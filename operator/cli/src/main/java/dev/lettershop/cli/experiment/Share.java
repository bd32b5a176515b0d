package dev.lettershop.cli.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A share, written as a percentage or as a fraction.
 *
 * @param value 0.03 for 3%
 */
record Share(double value) {
  private static final MathContext SHOWN = new MathContext(4, RoundingMode.HALF_UP);

  /** Reads {@code 3%} and {@code 0.03}. */
  static final class Converter implements ITypeConverter<Share> {
    @Override
    public Share convert(String text) {
      boolean percent = text.endsWith("%");
      try {
        BigDecimal number =
            new BigDecimal(percent ? text.substring(0, text.length() - 1).trim() : text);
        return new Share((percent ? number.movePointLeft(2) : number).doubleValue());
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is not a share: write a percentage such as 3% or a fraction such as"
                + " 0.03");
      }
    }
  }

  @Override
  public String toString() {
    return BigDecimal.valueOf(value)
            .movePointRight(2)
            .round(SHOWN)
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }
}
