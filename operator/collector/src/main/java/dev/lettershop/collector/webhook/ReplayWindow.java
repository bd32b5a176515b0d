package dev.lettershop.collector.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How old a signed request may be. Providers try again for a day, with the signature of the first
 * time; within it a replay changes nothing, since what is recorded already is not recorded again.
 */
record ReplayWindow(Duration past, Duration ahead) {
  static final ReplayWindow DAY = new ReplayWindow(Duration.ofHours(25), Duration.ofMinutes(10));

  /** SNS tries for weeks. */
  static final ReplayWindow SNS = new ReplayWindow(Duration.ofDays(23), Duration.ofMinutes(10));

  /**
   * @param seconds since 1970, in digits
   */
  void check(String seconds, Clock clock) throws ForgedException {
    if (seconds == null || !seconds.matches("[0-9]{1,11}")) {
      throw new ForgedException("the timestamp is missing or not in seconds");
    }
    check(Instant.ofEpochSecond(Long.parseLong(seconds)), clock);
  }

  void check(Instant signed, Clock clock) throws ForgedException {
    Instant now = clock.instant();
    if (signed.isBefore(now.minus(past)) || signed.isAfter(now.plus(ahead))) {
      throw new ForgedException("the timestamp is too far from now");
    }
  }
}
