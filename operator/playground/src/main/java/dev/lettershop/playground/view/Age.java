package dev.lettershop.playground.view;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** How long ago something was, the way kubectl says it: {@code 45s}, {@code 3m20s}, {@code 5d}. */
final class Age {
  private static final long HOUR = 60;
  private static final long DAY = 24;
  private static final long YEAR = 365 * DAY;

  private Age() {}

  /**
   * @param timestamp RFC 3339
   * @return {@code <invalid>} when it is none, as kubectl prints
   */
  static String since(String timestamp, Instant now) {
    try {
      return of(Duration.between(OffsetDateTime.parse(timestamp).toInstant(), now));
    } catch (DateTimeException e) {
      return "<invalid>";
    }
  }

  /** The rules of {@code k8s.io/apimachinery/pkg/util/duration.HumanDuration}. */
  static String of(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    }
    if (seconds < 0) {
      return "0s";
    }
    if (seconds < 2 * 60) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 3 * HOUR) {
      return minutes + "m";
    }
    long hours = minutes / HOUR;
    if (hours < 8) {
      return two(hours, "h", minutes % HOUR, "m");
    }
    if (hours < 2 * DAY) {
      return hours + "h";
    }
    if (hours < 8 * DAY) {
      return two(hours / DAY, "d", hours % DAY, "h");
    }
    if (hours < 2 * YEAR) {
      return hours / DAY + "d";
    }
    if (hours < 8 * YEAR) {
      return two(hours / YEAR, "y", hours / DAY % 365, "d");
    }
    return hours / YEAR + "y";
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : small + smallUnit);
  }
}
