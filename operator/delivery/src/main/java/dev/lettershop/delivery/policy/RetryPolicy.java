package dev.lettershop.delivery.policy;

import java.time.Duration;

/**
 * When to try again after a temporary failure: exponential back-off with jitter.
 *
 * @param maxAttempts after so many a recipient fails for good; at least 1
 * @param firstDelay after the first attempt
 * @param maxDelay no delay is longer, jitter aside
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay) {

  /** Five attempts after 30 s, 1, 2 and 4 minutes. */
  public static final RetryPolicy STANDARD =
      new RetryPolicy(5, Duration.ofSeconds(30), Duration.ofHours(1));

  public RetryPolicy {
    if (maxAttempts < 1 || firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "A retry policy needs an attempt and delays that do not shrink");
    }
  }

  /**
   * @param attempts made so far, this one included
   */
  public boolean isExhausted(int attempts) {
    return attempts >= maxAttempts;
  }

  /**
   * How long to wait after an attempt.
   *
   * @param attempts made so far, this one included; at least 1
   * @param random uniform in [0, 1); spreads the delay over 80 to 120 percent
   */
  public Duration delay(int attempts, double random) {
    double doubled = firstDelay.toMillis() * Math.pow(2, attempts - 1);
    double capped = Math.min(doubled, maxDelay.toMillis());
    return Duration.ofMillis(Math.round(capped * (0.8 + 0.4 * random)));
  }
}
