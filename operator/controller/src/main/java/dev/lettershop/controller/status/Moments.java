package dev.lettershop.controller.status;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Moments as they stand in statuses, to be compared. */
public final class Moments {
  private Moments() {}

  /** What cannot be read is older than all that can. */
  public static Instant of(String rfc3339) {
    try {
      return rfc3339 == null ? Instant.MIN : OffsetDateTime.parse(rfc3339).toInstant();
    } catch (DateTimeParseException e) {
      return Instant.MIN;
    }
  }

  static boolean isAfter(String one, String other) {
    return of(one).isAfter(of(other));
  }

  /** In UTC and to the second, as statuses have it; null when it cannot be read. */
  static String normalised(String rfc3339) {
    Instant time = of(rfc3339);
    return time.equals(Instant.MIN) ? null : Conditions.timestamp(time);
  }
}
