package dev.lettershop.kubesim.controllers;

import dev.lettershop.schedule.CronExpression;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The times of a CronJob's schedule, in its time zone.
 *
 * @param schedule the expression, read as the CronJob controller reads it
 * @param zone where its times are meant
 */
record CronTimes(CronExpression schedule, ZoneId zone) {

  /**
   * Reads a schedule.
   *
   * @param timeZone an IANA name; null for UTC
   * @throws IllegalArgumentException when the schedule cannot be understood
   * @throws java.time.DateTimeException when there is no such time zone
   */
  static CronTimes of(String schedule, String timeZone) {
    return new CronTimes(
        CronExpression.parse(schedule), ZoneId.of(timeZone == null ? "UTC" : timeZone));
  }

  /** The latest time after one moment and until another, that one included. */
  Optional<Instant> latest(Instant after, Instant until) {
    Optional<Instant> latest = Optional.empty();
    Optional<Instant> next = next(after);
    while (next.isPresent() && !next.get().isAfter(until)) {
      latest = next;
      next = next(next.get());
    }
    return latest;
  }

  /** The next time after then. */
  Optional<Instant> next(Instant after) {
    return schedule.next(after, zone);
  }
}
