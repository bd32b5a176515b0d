package dev.lettershop.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A token bucket that holds a tenth of a second's tokens. For one thread. */
final class RateLimiter {
  private static final double SECOND = 1e9;

  private final int perSecond;
  private final double capacity;
  private final LongSupplier nanoTime;
  private double tokens;
  private long filledAt;

  /**
   * @param perSecond 0 for no limit
   * @param nanoTime a monotonic clock
   */
  RateLimiter(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.capacity = Math.max(1, perSecond / 10.0);
    this.nanoTime = nanoTime;
    this.tokens = 1;
    this.filledAt = nanoTime.getAsLong();
  }

  /** How many of {@code wanted} may go now. What is not used must be given back. */
  int take(int wanted) {
    if (perSecond == 0) {
      return wanted;
    }
    long now = nanoTime.getAsLong();
    tokens = Math.min(capacity, tokens + (now - filledAt) / SECOND * perSecond);
    filledAt = now;
    int taken = Math.min(wanted, (int) tokens);
    tokens -= taken;
    return taken;
  }

  void giveBack(int unused) {
    tokens += unused;
  }

  /** How long until there is a token. */
  Duration untilNext() {
    double missing = perSecond == 0 ? 0 : Math.max(0, 1 - tokens);
    return missing == 0
        ? Duration.ZERO
        : Duration.ofNanos((long) (missing / perSecond * SECOND) + 1);
  }
}
