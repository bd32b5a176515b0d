package dev.lettershop.template.value;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * Formats a time by a pattern of C's {@code strftime}, as Liquid's {@code date} does, with the
 * names of months and days in the recipient's language. Of the flags, {@code -} (no leading zero)
 * and {@code ^} (upper case) are known. What is not a directive stands for itself.
 */
final class Strftime {
  private Strftime() {}

  static String format(String pattern, ZonedDateTime time, Locale locale) {
    StringBuilder out = new StringBuilder(pattern.length() + 16);
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i++);
      if (c != '%') {
        out.append(c);
        continue;
      }
      int from = i;
      boolean bare = i < pattern.length() && pattern.charAt(i) == '-';
      boolean upper = i < pattern.length() && pattern.charAt(i) == '^';
      i += bare || upper ? 1 : 0;
      String written = i < pattern.length() ? directive(pattern.charAt(i), time, locale) : null;
      if (written == null) {
        out.append(pattern, from - 1, Math.min(i + 1, pattern.length()));
      } else if (bare) {
        out.append(written.replaceFirst("^[0 ]+(?=.)", ""));
      } else {
        out.append(upper ? written.toUpperCase(locale) : written);
      }
      i++;
    }
    return out.toString();
  }

  /** Null when there is no such directive. */
  private static String directive(char directive, ZonedDateTime time, Locale locale) {
    String pattern =
        switch (directive) {
          case 'Y' -> "uuuu";
          case 'y' -> "uu";
          case 'm' -> "MM";
          case 'd' -> "dd";
          case 'j' -> "DDD";
          case 'H' -> "HH";
          case 'I' -> "hh";
          case 'M' -> "mm";
          case 'S' -> "ss";
          case 'L' -> "SSS";
          case 'p' -> "a";
          case 'B' -> "LLLL";
          case 'b', 'h' -> "LLL";
          case 'A' -> "EEEE";
          case 'a' -> "EEE";
          case 'z' -> "xx";
          case 'Z' -> "zzz";
          case 'F' -> "uuuu-MM-dd";
          case 'T', 'X' -> "HH:mm:ss";
          case 'R' -> "HH:mm";
          case 'D', 'x' -> "MM/dd/uu";
          default -> null;
        };
    if (pattern != null) {
      return DateTimeFormatter.ofPattern(pattern, locale).format(time);
    }
    return switch (directive) {
      case 'e' -> String.format(Locale.ROOT, "%2d", time.getDayOfMonth());
      case 'k' -> String.format(Locale.ROOT, "%2d", time.getHour());
      case 'l' -> String.format(Locale.ROOT, "%2d", time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'P' -> DateTimeFormatter.ofPattern("a", locale).format(time).toLowerCase(locale);
      case 'C' -> String.format(Locale.ROOT, "%02d", time.getYear() / 100);
      case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
      case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
      case 'V' -> String.format(Locale.ROOT, "%02d", time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
      case 's' -> Long.toString(time.truncatedTo(ChronoUnit.SECONDS).toEpochSecond());
      case 'c' -> DateTimeFormatter.ofPattern("EEE LLL d HH:mm:ss uuuu", locale).format(time);
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      default -> null;
    };
  }
}
