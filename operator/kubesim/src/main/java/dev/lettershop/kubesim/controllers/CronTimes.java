package dev.lettershop.kubesim.controllers;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The times of a CronJob's schedule, in its time zone. */
final class CronTimes {
  private static final CronDefinition SYNTAX =
      CronDefinitionBuilder.defineCron()
          .withMinutes()
          .withStrictRange()
          .and()
          .withHours()
          .withStrictRange()
          .and()
          .withDayOfMonth()
          .withStrictRange()
          .and()
          .withMonth()
          .withStrictRange()
          .and()
          .withDayOfWeek()
          .withValidRange(0, 7)
          .withMondayDoWValue(1)
          .withIntMapping(7, 0)
          .withStrictRange()
          .and()
          .withSupportedNicknameYearly()
          .withSupportedNicknameAnnually()
          .withSupportedNicknameMonthly()
          .withSupportedNicknameWeekly()
          .withSupportedNicknameDaily()
          .withSupportedNicknameMidnight()
          .withSupportedNicknameHourly()
          .instance();

  private final ExecutionTime times;
  private final ZoneId zone;

  private CronTimes(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
  }

  /**
   * @param timeZone an IANA name; null for UTC
   * @throws IllegalArgumentException when the schedule cannot be understood
   * @throws java.time.DateTimeException when there is no such time zone
   */
  static CronTimes of(String schedule, String timeZone) {
    return new CronTimes(
        ExecutionTime.forCron(new CronParser(SYNTAX).parse(schedule)),
        ZoneId.of(timeZone == null ? "UTC" : timeZone));
  }

  ZoneId zone() {
    return zone;
  }

  /** The latest time until then, that moment included. */
  Optional<Instant> latest(Instant until) {
    return times.lastExecution(until.plusSeconds(1).atZone(zone)).map(ZonedDateTime::toInstant);
  }

  /** The next time after then. */
  Optional<Instant> next(Instant after) {
    return times.nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
  }
}
