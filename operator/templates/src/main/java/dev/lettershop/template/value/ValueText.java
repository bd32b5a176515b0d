package dev.lettershop.template.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.stream.Collectors;

/** How a value reads when a template shows it. */
public final class ValueText {
  /** Every decimal number of up to 15 digits survives the way through a double. */
  private static final MathContext FIFTEEN_DIGITS = new MathContext(15);

  private ValueText() {}

  /**
   * Numbers plainly ({@code 5000}, {@code 12.5}, never {@code 5.0E3}), instants as the ISO date in
   * UTC, lists separated by commas. A Map reads as nothing: it is a group of values, and showing it
   * would show all of them.
   */
  public static String of(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Double || value instanceof Float) {
      return plain(((Number) value).doubleValue());
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Instant instant) {
      return DateTimeFormatter.ISO_LOCAL_DATE.format(instant.atOffset(ZoneOffset.UTC));
    }
    if (value instanceof Collection<?> items) {
      return items.stream().map(ValueText::of).collect(Collectors.joining(", "));
    }
    return "";
  }

  private static String plain(double number) {
    if (!Double.isFinite(number)) {
      return "";
    }
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString((long) number);
    }
    return new BigDecimal(number).round(FIFTEEN_DIGITS).stripTrailingZeros().toPlainString();
  }
}
