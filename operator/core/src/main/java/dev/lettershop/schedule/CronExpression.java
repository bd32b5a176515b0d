package dev.lettershop.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When the CronJob controller of Kubernetes makes the next Job. Accepts the expressions that it
 * accepts, which are those of the standard parser of {@code robfig/cron} version 3, and finds the
 * same moments, also around changes of the clock. Two expressions are refused that it would take:
 * {@code TZ=} and {@code CRON_TZ=}, because a field of its own says the time zone (as Kubernetes
 * does since 1.25), and {@code @every}, because it counts from moments that no manifest shows.
 *
 * <p>What sets this grammar apart from others: Sunday is 0 and never 7; a day matches when the day
 * of the month <em>or</em> the day of the week does, unless one of them begins with {@code *}
 * without a step, when both must; {@code 5/10} means from 5 on.
 */
public final class CronExpression {
  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private static final CronField MINUTE = new CronField("minute", 0, 59, List.of());
  private static final CronField HOUR = new CronField("hour", 0, 23, List.of());
  private static final CronField DAY_OF_MONTH = new CronField("day of month", 1, 31, List.of());
  private static final CronField MONTH =
      new CronField(
          "month",
          1,
          12,
          List.of(
              "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"));
  private static final CronField DAY_OF_WEEK =
      new CronField("day of week", 0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

  /** How far the CronJob controller looks ahead. */
  private static final int YEARS = 5;

  private final CronField.Values minutes;
  private final CronField.Values hours;
  private final CronField.Values daysOfMonth;
  private final CronField.Values months;
  private final CronField.Values daysOfWeek;

  private CronExpression(List<String> fields) {
    minutes = MINUTE.parse(fields.get(0));
    hours = HOUR.parse(fields.get(1));
    daysOfMonth = DAY_OF_MONTH.parse(fields.get(2));
    months = MONTH.parse(fields.get(3));
    daysOfWeek = DAY_OF_WEEK.parse(fields.get(4));
  }

  /**
   * @throws IllegalArgumentException when the CronJob controller would not take it; the message
   *     says why, in a sentence for people
   */
  public static CronExpression parse(String text) {
    if (text.startsWith("TZ=") || text.startsWith("CRON_TZ=")) {
      throw new IllegalArgumentException("the time zone stands in a field of its own: timeZone");
    }
    if (text.startsWith("@every")) {
      throw new IllegalArgumentException(
          "@every counts from a moment that cannot be told; write it with steps, such as"
              + " */15 * * * *");
    }
    if (text.startsWith("@") && !MACROS.containsKey(text)) {
      throw new IllegalArgumentException(
          "unknown macro "
              + text
              + "; there are @hourly, @daily, @midnight, @weekly, @monthly, @yearly and @annually");
    }
    List<String> fields =
        Arrays.stream(MACROS.getOrDefault(text, text).strip().split("\\s+"))
            .filter(field -> !field.isEmpty())
            .toList();
    if (fields.size() != 5) {
      throw new IllegalArgumentException(
          "there must be 5 fields (minute, hour, day of month, month, day of week), there are "
              + fields.size());
    }
    return new CronExpression(fields);
  }

  /**
   * The first moment after this one; empty when there is none within five years, such as for the
   * 30th of February. Around a change of the clock: what falls into the hour that is left out is
   * left out, what falls into the hour that comes twice comes twice.
   */
  public Optional<Instant> next(Instant after, ZoneId zone) {
    ZonedDateTime start = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).atZone(zone);
    return new Search(zone, start).run();
  }

  private boolean dayMatches(ZonedDateTime time) {
    boolean ofMonth = daysOfMonth.has(time.getDayOfMonth());
    boolean ofWeek = daysOfWeek.has(time.getDayOfWeek().getValue() % 7);
    return daysOfMonth.any() || daysOfWeek.any() ? ofMonth && ofWeek : ofMonth || ofWeek;
  }

  /**
   * From month over day and hour to minute; whenever a coarser unit turns over, from the top again.
   * Only with the same steps do the odd days around a change of the clock come out the same.
   */
  private final class Search {
    private final ZoneId zone;
    private final int lastYear;
    private ZonedDateTime time;

    /** Whether the finer units were set to their beginning, which is done once. */
    private boolean aligned;

    Search(ZoneId zone, ZonedDateTime start) {
      this.zone = zone;
      this.time = start;
      this.lastYear = start.getYear() + YEARS;
    }

    Optional<Instant> run() {
      while (time.getYear() <= lastYear) {
        if (month() && day() && hour() && minute() && second()) {
          return Optional.of(time.toInstant());
        }
      }
      return Optional.empty();
    }

    private boolean month() {
      while (!months.has(time.getMonthValue())) {
        if (!aligned) {
          aligned = true;
          time = at(time.toLocalDate().withDayOfMonth(1), LocalTime.MIDNIGHT);
        }
        time = at(time.toLocalDate().plusMonths(1), time.toLocalTime());
        if (time.getMonthValue() == 1) {
          return false;
        }
      }
      return true;
    }

    private boolean day() {
      while (!dayMatches(time)) {
        if (!aligned) {
          aligned = true;
          time = at(time.toLocalDate(), LocalTime.MIDNIGHT);
        }
        time = at(time.toLocalDate().plusDays(1), time.toLocalTime());
        int hour = time.getHour();
        if (hour != 0) {
          // Some zones change their clocks at midnight.
          time = time.plusHours(hour > 12 ? 24 - hour : -hour);
        }
        if (time.getDayOfMonth() == 1) {
          return false;
        }
      }
      return true;
    }

    private boolean hour() {
      while (!hours.has(time.getHour())) {
        if (!aligned) {
          aligned = true;
          time = at(time.toLocalDate(), LocalTime.of(time.getHour(), 0));
        }
        time = time.plusHours(1);
        if (time.getHour() == 0) {
          return false;
        }
      }
      return true;
    }

    private boolean minute() {
      while (!minutes.has(time.getMinute())) {
        if (!aligned) {
          aligned = true;
          time = time.truncatedTo(ChronoUnit.MINUTES);
        }
        time = time.plusMinutes(1);
        if (time.getMinute() == 0) {
          return false;
        }
      }
      return true;
    }

    private boolean second() {
      while (time.getSecond() != 0) {
        aligned = true;
        time = time.plusSeconds(1);
        if (time.getSecond() == 0) {
          return false;
        }
      }
      return true;
    }

    /**
     * A local time as an instant, the way Go's {@code time.Date} settles times that do not exist or
     * exist twice: with the offset that holds at the moment at which the first guess ends up.
     */
    private ZonedDateTime at(LocalDate date, LocalTime clock) {
      ZoneRules rules = zone.getRules();
      LocalDateTime local = LocalDateTime.of(date, clock);
      ZoneOffset guess = rules.getOffset(local.toInstant(ZoneOffset.UTC));
      ZoneOffset offset = rules.getOffset(local.toInstant(guess));
      return local.toInstant(offset).atZone(zone);
    }
  }
}
