package dev.lettershop.rule.ast;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** Bounds of the rule language, the same for every engine. */
public final class Limits {
  private Limits() {}

  /** Longest expression, in UTF-16 code units. */
  public static final int EXPRESSION_LENGTH = 8192;

  /** Deepest nesting of an {@link Expr}, segments put in place. */
  public static final int DEPTH = 64;

  /** Most nodes of an {@link Expr}, segments put in place. */
  public static final int NODES = 512;

  /** Longest constant duration, either way: 1000 years of 365 days. */
  public static final Duration DURATION = Duration.ofDays(365_000);

  /** First moment that arithmetic on timestamps may come to. */
  public static final Instant FIRST_INSTANT = Instant.parse("0001-01-01T00:00:00Z");

  /** Last moment that arithmetic on timestamps may come to. */
  public static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59.999999Z");

  /** First moment that has parts of a date, on every clock in the years 1 to 9999. */
  public static final Instant FIRST_DAY = Instant.parse("0001-01-02T00:00:00Z");

  /** Last moment that has parts of a date. */
  public static final Instant LAST_DAY = Instant.parse("9999-12-30T23:59:59.999999Z");

  /** Most days, either way, that an anniversary is looked for. */
  public static final int ANNIVERSARY_DAYS = 365;

  /** Smallest magnitude, other than 0, that arithmetic on Doubles takes. */
  public static final double SMALLEST_OPERAND = 1e-150;

  /** Largest magnitude that arithmetic on Doubles takes. */
  public static final double LARGEST_OPERAND = 1e150;

  /** Integers of event properties have at most 18 digits. */
  public static final long LARGEST_PROPERTY = 999_999_999_999_999_999L;

  /** Doubles of event properties, written out without exponent, have at most this many signs. */
  public static final int PROPERTY_DIGITS = 300;

  /** What {@code trim} removes: the code points with Unicode's property White_Space. */
  public static final String WHITE_SPACE =
      "\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
          + "\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

  /**
   * Whether a Double may be added, multiplied and so on: 0, or of a magnitude from {@link
   * #SMALLEST_OPERAND} to {@link #LARGEST_OPERAND}. No operation on such numbers can overflow or
   * underflow, on which engines disagree.
   */
  public static boolean inArithmeticRange(double value) {
    double magnitude = Math.abs(value);
    return magnitude == 0 || magnitude >= SMALLEST_OPERAND && magnitude <= LARGEST_OPERAND;
  }

  /** Whether a moment lies in the years 1 to 9999. */
  public static boolean inTimestampRange(Instant value) {
    return !value.isBefore(FIRST_INSTANT) && !value.isAfter(LAST_INSTANT);
  }

  /** Whether a moment has parts of a date. */
  public static boolean inCalendarRange(Instant value) {
    return !value.isBefore(FIRST_DAY) && !value.isAfter(LAST_DAY);
  }

  /** Whether a Double can be the value of an event's property. */
  public static boolean isPropertyValue(double value) {
    double magnitude = Math.abs(value);
    if (magnitude == 0 || magnitude > 1e-100 && magnitude < 1e100) {
      return true;
    }
    return Double.isFinite(value)
        && BigDecimal.valueOf(value).toPlainString().length() <= PROPERTY_DIGITS;
  }
}
