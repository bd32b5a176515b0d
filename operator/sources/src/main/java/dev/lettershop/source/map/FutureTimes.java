package dev.lettershop.source.map;

import dev.lettershop.resource.DurationText;
import dev.lettershop.source.clean.Converted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells times at which nothing can have happened yet: a day and a month that changed places would
 * outrank all that is said later.
 */
public final class FutureTimes {
  private final Clock clock;
  private final Duration tolerance;
  private final String reason;

  /**
   * @param tolerance how wrong another clock may be, such as {@code 24h}
   */
  public FutureTimes(Clock clock, String tolerance) {
    this.clock = clock;
    this.tolerance = DurationText.parse(tolerance);
    this.reason =
        "lies more than " + tolerance + " ahead; a day and a month may have changed places";
  }

  Instant now() {
    return clock.instant();
  }

  /** The same, unless it is a time that lies too far ahead. */
  Converted past(Converted time) {
    boolean ahead =
        time instanceof Converted.Value value
            && ((Instant) value.value()).isAfter(clock.instant().plus(tolerance));
    return ahead ? Converted.invalid(reason) : time;
  }
}
