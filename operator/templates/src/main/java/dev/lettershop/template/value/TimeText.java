package dev.lettershop.template.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;

/** Reads the dates that authors write, and seconds since 1970, as Liquid does. */
public final class TimeText {
  private static final int LONGEST = 64;
  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          pattern("uuuu-MM-dd['T'][ ][HH:mm[:ss[.SSS]]][ ][XXX][X]"),
          pattern("uuuu/MM/dd[ HH:mm[:ss]][ ][XXX]"),
          pattern("[EEE, ]d MMM uuuu[ HH:mm[:ss]][ ][xx][XXX]"),
          pattern("[EEEE, ]d MMMM uuuu[ HH:mm[:ss]]"),
          pattern("[EEE, ]MMM d[,] uuuu[ HH:mm[:ss]]"),
          pattern("[EEEE, ]MMMM d[,] uuuu[ HH:mm[:ss]]"));

  private TimeText() {}

  private static DateTimeFormatter pattern(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH);
  }

  /** Whether a text is a date that can be formatted. */
  public static boolean isTime(String text) {
    return parse(text, ZoneId.of("UTC"), Instant.EPOCH) != null;
  }

  /**
   * Null for what is not a date.
   *
   * @param zone of a text that does not say
   * @param now what the words {@code now} and {@code today} mean
   */
  static ZonedDateTime parse(String text, ZoneId zone, Instant now) {
    String stripped = text.strip();
    if (stripped.length() > LONGEST || stripped.isEmpty()) {
      return null;
    }
    if (stripped.equalsIgnoreCase("now") || stripped.equalsIgnoreCase("today")) {
      return now.atZone(zone);
    }
    if (stripped.matches("-?[0-9]{5,12}")) {
      return ofSeconds(Long.parseLong(stripped), zone);
    }
    for (DateTimeFormatter format : FORMATS) {
      try {
        TemporalAccessor read =
            format.parseBest(stripped, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        return read instanceof OffsetDateTime time
            ? time.atZoneSameInstant(zone)
            : read instanceof LocalDateTime local
                ? local.atZone(zone)
                : ((LocalDate) read).atStartOfDay(zone);
      } catch (DateTimeException e) {
        // Of another format, or none.
      }
    }
    return null;
  }

  /** Null beyond the years that there are. */
  static ZonedDateTime ofSeconds(long seconds, ZoneId zone) {
    try {
      return Instant.ofEpochSecond(seconds).atZone(zone);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
