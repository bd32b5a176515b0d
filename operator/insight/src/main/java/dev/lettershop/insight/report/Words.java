package dev.lettershop.insight.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as people read them, the same on every page. */
public final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  /** Such as {@code 12,345}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /**
   * Such as {@code 41.3%} or {@code 0.12%}: small ones with more digits.
   *
   * @param share 1 for 100%
   */
  public static String percent(double share) {
    double percent = share * 100;
    String format = percent == 0 ? "%.0f%%" : Math.abs(percent) < 1 ? "%.2f%%" : "%.1f%%";
    return String.format(Locale.ROOT, format, percent);
  }

  /** Such as {@code 1.21}. */
  public static String ratio(double ratio) {
    return Double.isInfinite(ratio) ? "∞" : String.format(Locale.ROOT, "%.2f", ratio);
  }

  /** Such as {@code 1 Mar 2027, 09:00 UTC}. */
  public static String time(Instant moment) {
    return TIME.format(moment);
  }

  /** Such as {@code 3 h 20 min}. */
  public static String duration(Duration time) {
    long minutes = time.toMinutes();
    if (minutes < 1) {
      return "under a minute";
    }
    if (minutes < 60) {
      return minutes + " min";
    }
    return minutes / 60 < 48
        ? minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min")
        : minutes / 1440 + " days";
  }

  /** Such as {@code 1 person} or {@code 1,200 people}. */
  public static String people(long number) {
    return count(number) + (number == 1 ? " person" : " people");
  }
}
