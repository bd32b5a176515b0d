package dev.lettershop.source.connect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as records hold them, without losing a digit: a number may be a key, and two keys must
 * not become one. Whole numbers of up to 64 bits are {@link Long}, those with a fraction {@link
 * Double} where a double has all their digits; every other number is the text of its digits.
 */
public final class ExactNumber {
  /** Every decimal of so many digits comes back from a double as it was. */
  private static final int SAFE_DIGITS = 15;

  /** As many digits as tools print of a double. */
  private static final int PRINTED_DIGITS = 17;

  /** The sign and the point beside {@link #SAFE_DIGITS}. */
  private static final int SAFE_LENGTH = SAFE_DIGITS + 1;

  /** Every whole number up to here is a double of its own. */
  private static final BigDecimal LARGEST_SAFE = BigDecimal.valueOf(1L << 53);

  /** Beyond this many places a number is written with its exponent. */
  private static final int MOST_PLACES = 400;

  private ExactNumber() {}

  /** A whole number: a Long, or text when it has more than 64 bits. */
  public static Object whole(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number.toString();
  }

  /** A number written with a point or an exponent, as JSON writes it. */
  public static Object decimal(String digits) {
    return digits.length() <= SAFE_LENGTH
        ? (Object) Double.parseDouble(digits)
        : decimal(new BigDecimal(digits));
  }

  /** A number of a type that has fractions, also where this one has none. */
  public static Object decimal(BigDecimal number) {
    double nearest = number.doubleValue();
    boolean lost = !Double.isFinite(nearest) || nearest == 0 && number.signum() != 0;
    if (number.precision() <= SAFE_DIGITS && !lost) {
      return nearest;
    }
    if (isWhole(number)) {
      return number.abs().compareTo(LARGEST_SAFE) <= 0
          ? (Object) number.doubleValue()
          : whole(number);
    }
    return isDouble(number) ? (Object) number.doubleValue() : text(number);
  }

  /** A number of a type that does not say whether it has fractions: this one decides. */
  public static Object number(BigDecimal number) {
    return isWhole(number) ? whole(number) : decimal(number);
  }

  private static Object whole(BigDecimal number) {
    return number.precision() - (long) number.scale() > MOST_PLACES
        ? number.toString()
        : whole(number.toBigInteger());
  }

  private static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  /** Whether the number is how a double is printed, so that nothing is lost as one. */
  private static boolean isDouble(BigDecimal number) {
    double nearest = number.doubleValue();
    if (!Double.isFinite(nearest)) {
      return false;
    }
    BigDecimal plain = number.stripTrailingZeros();
    return new BigDecimal(Double.toString(nearest)).compareTo(plain) == 0
        || plain.precision() <= PRINTED_DIGITS
            && new BigDecimal(nearest)
                    .round(new MathContext(plain.precision(), RoundingMode.HALF_EVEN))
                    .compareTo(plain)
                == 0;
  }

  /** The digits of a number; with an exponent only where they would fill a page. */
  public static String text(BigDecimal number) {
    boolean endless =
        Math.abs((long) number.scale()) > MOST_PLACES
            || number.precision() - (long) number.scale() > MOST_PLACES;
    return endless ? number.toString() : number.toPlainString();
  }
}
