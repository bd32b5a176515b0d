package dev.lettershop.collector.mapping;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * When something happened, by our clock. A client's clock is corrected only where it is clearly
 * wrong: a retry has another time of sending, and corrected by that it would be another event.
 */
final class CallTimes {
  /** Clocks that differ by less are taken as right. */
  static final Duration SKEW = Duration.ofSeconds(60);

  /** So far ahead of the receipt a time may be. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  private CallTimes() {}

  /**
   * @param happened as the client wrote it, or null
   * @param sent as the client wrote it, or null
   * @throws UnusableException when the time that it wrote is none
   */
  static Instant of(String happened, String sent, Instant received) throws UnusableException {
    if (happened == null) {
      return received;
    }
    Instant at = parse(happened);
    if (at == null) {
      throw new UnusableException("timestamp", "is not a time in ISO 8601 with an offset");
    }
    Instant sentAt = sent == null ? null : parse(sent);
    if (sentAt != null) {
      Duration skew = Duration.between(sentAt, received);
      if (skew.abs().compareTo(SKEW) >= 0) {
        at = corrected(at, skew);
      }
    }
    return at.isAfter(received.plus(AHEAD)) ? received : at;
  }

  private static Instant corrected(Instant at, Duration skew) throws UnusableException {
    try {
      return at.plus(skew);
    } catch (DateTimeException | ArithmeticException e) {
      throw new UnusableException("timestamp", "is outside of the years that can be stored");
    }
  }

  /** Null when it is not a time. */
  static Instant parse(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
