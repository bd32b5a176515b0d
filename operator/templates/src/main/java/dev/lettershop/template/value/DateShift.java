package dev.lettershop.template.value;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span that is added to a date, such as {@code 2 days}; days and longer ones on the recipient's
 * clock.
 *
 * @param amount negative for earlier
 */
public record DateShift(int amount, ChronoUnit unit) {
  private static final Pattern TEXT =
      Pattern.compile("\\s*+([+-]?)\\s*+([0-9]{1,6})\\s*+([a-z]++)\\s*+", Pattern.CASE_INSENSITIVE);
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "minute", ChronoUnit.MINUTES,
          "hour", ChronoUnit.HOURS,
          "day", ChronoUnit.DAYS,
          "week", ChronoUnit.WEEKS,
          "month", ChronoUnit.MONTHS,
          "year", ChronoUnit.YEARS);

  /** How to write one. */
  public static final String FIX = "write one such as \"2 days\" or \"-1 month\"";

  /** Null for what is not one. */
  public static DateShift parse(String text) {
    Matcher shift = TEXT.matcher(text);
    if (!shift.matches()) {
      return null;
    }
    String word = shift.group(3).toLowerCase(Locale.ROOT);
    ChronoUnit unit = UNITS.get(word.endsWith("s") ? word.substring(0, word.length() - 1) : word);
    int amount = Integer.parseInt(shift.group(2));
    return unit == null ? null : new DateShift(shift.group(1).equals("-") ? -amount : amount, unit);
  }

  /** As part of a name in Mustache: {@code plus-2-days}, {@code minus-1-month}; null for others. */
  static DateShift ofName(String name) {
    boolean minus = name.startsWith("minus-");
    return minus || name.startsWith("plus-")
        ? parse((minus ? "-" : "") + name.substring(name.indexOf('-') + 1).replace('-', ' '))
        : null;
  }

  /** Null beyond the years that there are. */
  ZonedDateTime after(ZonedDateTime time) {
    try {
      return time.plus(amount, unit);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
