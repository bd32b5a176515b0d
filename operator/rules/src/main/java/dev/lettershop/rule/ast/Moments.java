package dev.lettershop.rule.ast;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads constant timestamps and durations. Methods return null after reporting a problem. */
public final class Moments {
  private static final Pattern DURATION =
      Pattern.compile("-?(?:\\d{1,12}(?:\\.\\d{1,9})?(?:h|ms|us|µs|ns|m|s))++|-?0");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|us|µs|ns|m|s)");
  private static final Pattern DAYS = Pattern.compile("(\\d{1,6})d");

  private static final Map<String, Long> NANOSECONDS =
      Map.of(
          "h", 3_600_000_000_000L,
          "m", 60_000_000_000L,
          "s", 1_000_000_000L,
          "ms", 1_000_000L,
          "us", 1_000L,
          "µs", 1_000L,
          "ns", 1L);

  private Moments() {}

  /** Takes a problem. */
  public interface Fault {
    void report(String message, String fix);
  }

  /** RFC 3339, in whole microseconds, in the years 1 to 9999. */
  public static Expr timestamp(String text, Fault fault) {
    Instant moment;
    try {
      moment = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      boolean onlyDate = text.matches("\\d{4}-\\d{2}-\\d{2}");
      fault.report(
          "this is not a moment as RFC 3339 writes it",
          "write \"" + (onlyDate ? text : "2027-03-01") + "T00:00:00Z\"");
      return null;
    }
    if (moment.getNano() % 1000 != 0) {
      fault.report("moments are kept in microseconds", "write at most 6 digits after the seconds");
      return null;
    }
    if (!Limits.inTimestampRange(moment)) {
      fault.report("this moment is outside of the years 1 to 9999", null);
      return null;
    }
    return Expr.Literal.of(moment);
  }

  /** CEL's durations: {@code 1h30m}, {@code 0.5s}, {@code -24h}. */
  public static Expr duration(String text, Fault fault) {
    Matcher days = DAYS.matcher(text);
    if (days.matches()) {
      fault.report(
          "CEL's durations have no days",
          "write duration(\"" + Integer.parseInt(days.group(1)) * 24L + "h\")");
      return null;
    }
    if (!DURATION.matcher(text).matches()) {
      fault.report("this is not a duration", "write hours, minutes and seconds, as in \"1h30m\"");
      return null;
    }
    BigDecimal nanoseconds = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      nanoseconds =
          nanoseconds.add(
              new BigDecimal(part.group(1))
                  .multiply(BigDecimal.valueOf(NANOSECONDS.get(part.group(2)))));
    }
    BigDecimal micros = nanoseconds.movePointLeft(3);
    if (micros.stripTrailingZeros().scale() > 0) {
      fault.report("durations are kept in microseconds", null);
      return null;
    }
    if (micros.compareTo(BigDecimal.valueOf(Limits.DURATION.toSeconds()).movePointRight(6)) > 0) {
      fault.report("the duration is longer than 1000 years", null);
      return null;
    }
    long length = micros.longValueExact();
    Duration duration = Duration.ofSeconds(length / 1_000_000, length % 1_000_000 * 1_000);
    return Expr.Literal.of(text.startsWith("-") ? duration.negated() : duration);
  }
}
