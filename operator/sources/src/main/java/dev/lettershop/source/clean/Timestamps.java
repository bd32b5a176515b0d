package dev.lettershop.source.clean;

import dev.lettershop.api.v1alpha1.field.DateOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads points in time from text that means one thing only: ISO 8601 (date, date and time, with or
 * without zone), the same with slashes and the year first, day first with dots ({@code
 * 01.11.2026}), with the month's English name ({@code 1 Nov 2026}, {@code November 1, 2026}), and
 * Unix time in seconds (10 digits) or milliseconds (13 digits). What has no time is the start of
 * the day; what has no zone is UTC. Dates such as 01/02/2026 are refused unless the source declares
 * their order: nobody can tell the month.
 */
public final class Timestamps {
  private static final Converted AMBIGUOUS =
      Converted.invalid(
          "ambiguous date: day and month cannot be told apart; declare their order in normalise.dates,"
              + " or map it to an ISO 8601 date");
  private static final Converted UNKNOWN =
      Converted.invalid("is not a date or time in a known format; map it to an ISO 8601 date");
  private static final Converted NO_SUCH_DAY = Converted.invalid("no such date");
  private static final Converted OUT_OF_RANGE =
      Converted.invalid("is not between the years 1900 and 2200");

  /** Seconds up to the year 5138; as milliseconds, the year 1973. */
  private static final long MOST_SECONDS = 100_000_000_000L;

  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private static final List<DateTimeFormatter> WITH_MONTH_NAME =
      List.of(
          monthName("d[.] MMM[.] uuuu"),
          monthName("d[.] MMMM uuuu"),
          monthName("MMM[.] d[,] uuuu"),
          monthName("MMMM d[,] uuuu"),
          monthName("d-MMM-uuuu"));

  private static final Pattern NUMBERS =
      Pattern.compile("([0-9]{1,4})([/.-])([0-9]{1,2})\\2([0-9]{4}|[0-9]{1,2})(?![0-9])");

  private Timestamps() {}

  /** Seconds since 1970, or milliseconds when the number is too large for that. */
  static Converted ofUnixTime(long number) {
    boolean milliseconds = number >= MOST_SECONDS || number <= -MOST_SECONDS;
    return inRange(milliseconds ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number));
  }

  /**
   * @param text stripped, not empty
   * @param order of the numbers in dates such as 01/02/2026; null when nobody can tell
   */
  public static Converted parse(String text, DateOrder order) {
    try {
      if (text.length() >= 10 && (text.charAt(4) == '-' || text.charAt(4) == '/')) {
        return yearFirst(text);
      }
      if (isNumber(text)) {
        return digits(text);
      }
      int dot = text.indexOf('.');
      if (dot == 1 || dot == 2) {
        return dayFirst(text);
      }
      if (text.indexOf('/') > 0 || isShortDashed(text)) {
        return order == null ? AMBIGUOUS : numbersOnly(text, order);
      }
      return withMonthName(text);
    } catch (DateTimeException impossible) {
      return NO_SUCH_DAY;
    }
  }

  private static Converted yearFirst(String text) {
    char separator = text.charAt(4);
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    if (year < 0 || month < 0 || day < 0 || text.charAt(7) != separator) {
      return UNKNOWN;
    }
    return atTime(LocalDate.of(year, month, day), text.substring(10));
  }

  private static Converted dayFirst(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (second < 0 || second + 5 > text.length()) {
      return UNKNOWN;
    }
    int day = number(text, 0, first);
    int month = number(text, first + 1, second);
    int year = number(text, second + 1, second + 5);
    if (day < 0 || month < 0 || year < 0) {
      return UNKNOWN;
    }
    return atTime(LocalDate.of(year, month, day), text.substring(second + 5));
  }

  private static Converted numbersOnly(String text, DateOrder order) {
    Matcher date = NUMBERS.matcher(text);
    if (!date.lookingAt()) {
      return UNKNOWN;
    }
    int first = Integer.parseInt(date.group(1));
    int second = Integer.parseInt(date.group(3));
    int third = Integer.parseInt(date.group(4));
    LocalDate day =
        switch (order) {
          case Dmy -> LocalDate.of(year(third), second, first);
          case Mdy -> LocalDate.of(year(third), first, second);
          case Ymd -> LocalDate.of(year(first), second, third);
        };
    return atTime(day, text.substring(date.end()));
  }

  /** Two digits mean a year from 1970 to 2069. */
  private static int year(int number) {
    return number >= 100 ? number : number < 70 ? 2000 + number : 1900 + number;
  }

  private static Converted digits(String text) {
    return switch (text.length()) {
      case 8 ->
          atTime(LocalDate.of(number(text, 0, 4), number(text, 4, 6), number(text, 6, 8)), "");
      case 10, 13 -> ofUnixTime(Long.parseLong(text));
      default -> UNKNOWN;
    };
  }

  private static Converted withMonthName(String text) {
    for (DateTimeFormatter format : WITH_MONTH_NAME) {
      java.text.ParsePosition place = new java.text.ParsePosition(0);
      java.time.temporal.TemporalAccessor parsed = format.parseUnresolved(text, place);
      if (parsed != null && place.getErrorIndex() < 0) {
        LocalDate date = LocalDate.parse(text.substring(0, place.getIndex()), format);
        return atTime(date, text.substring(place.getIndex()));
      }
    }
    return UNKNOWN;
  }

  /**
   * @param rest what follows the date: nothing, or a separator, a time and perhaps a zone
   */
  private static Converted atTime(LocalDate date, String rest) {
    if (rest.isEmpty()) {
      return inRange(date.atStartOfDay().toInstant(ZoneOffset.UTC));
    }
    char separator = rest.charAt(0);
    if (separator != 'T' && separator != 't' && separator != ' ' && separator != ',') {
      return UNKNOWN;
    }
    String time = rest.substring(1).strip();
    int zoneAt = zoneStart(time);
    LocalTime clock = time(time.substring(0, zoneAt).strip());
    ZoneOffset zone = zone(time.substring(zoneAt).strip());
    if (clock == null || zone == null) {
      return UNKNOWN;
    }
    return inRange(LocalDateTime.of(date, clock).toInstant(zone));
  }

  private static int zoneStart(String time) {
    for (int i = 0; i < time.length(); i++) {
      char c = time.charAt(i);
      if (c != ':' && c != '.' && c != ' ' && (c < '0' || c > '9')) {
        return i;
      }
    }
    return time.length();
  }

  private static LocalTime time(String text) {
    boolean shape =
        (text.length() == 5 || text.length() >= 8)
            && text.charAt(2) == ':'
            && (text.length() == 5 || text.charAt(5) == ':');
    if (!shape) {
      return null;
    }
    int hour = number(text, 0, 2);
    int minute = number(text, 3, 5);
    int second = text.length() == 5 ? 0 : number(text, 6, 8);
    int nanos = text.length() <= 8 ? 0 : nanos(text.substring(8));
    return hour < 0 || minute < 0 || second < 0 || nanos < 0
        ? null
        : LocalTime.of(hour, minute, Math.min(second, 59), nanos);
  }

  private static int nanos(String fraction) {
    if (fraction.length() < 2 || fraction.length() > 10 || fraction.charAt(0) != '.') {
      return -1;
    }
    int value = number(fraction, 1, fraction.length());
    for (int digits = fraction.length() - 1; value > 0 && digits < 9; digits++) {
      value *= 10;
    }
    return value;
  }

  private static ZoneOffset zone(String text) {
    if (text.isEmpty() || text.equalsIgnoreCase("Z") || text.equals("UTC") || text.equals("GMT")) {
      return ZoneOffset.UTC;
    }
    boolean offset = text.charAt(0) == '+' || text.charAt(0) == '-';
    try {
      return offset ? ZoneOffset.of(text) : null;
    } catch (DateTimeException noOffset) {
      return null;
    }
  }

  private static Converted inRange(Instant instant) {
    return instant.isBefore(EARLIEST) || !instant.isBefore(LATEST)
        ? OUT_OF_RANGE
        : Converted.of(instant);
  }

  private static boolean isNumber(String text) {
    return number(text, 0, Math.min(text.length(), 9)) >= 0
        && (text.length() <= 9 || number(text, text.length() - 4, text.length()) >= 0)
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** {@code 01-02-2026}: dashes, and not the year first. */
  private static boolean isShortDashed(String text) {
    int dash = text.indexOf('-');
    return (dash == 1 || dash == 2)
        && number(text, 0, dash) >= 0
        && number(text, dash + 1, dash + 2) >= 0;
  }

  /** The number that these digits make, or -1 when they are no digits or out of bounds. */
  private static int number(String text, int from, int to) {
    if (to > text.length() || from >= to) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static DateTimeFormatter monthName(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
