package dev.lettershop.delivery;

import dev.lettershop.delivery.smtp.RelayException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the relay works, and when to try it again if it does not. While it does not, one message
 * at a time goes out to find out. Thread-safe.
 */
final class RelayHealth {
  private static final Logger LOG = LoggerFactory.getLogger(RelayHealth.class);
  private static final RetryPolicy PAUSES =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(500), Duration.ofMinutes(1));

  private static final Duration LATELY = Duration.ofSeconds(2);

  private final Clock clock;
  private final DoubleSupplier random;
  private final Duration patience;
  private boolean everAccepted;
  private int failures;
  private Instant failingSince;
  private Instant workedAt = Instant.EPOCH;
  private Instant pausedUntil = Instant.MIN;

  RelayHealth(Clock clock, DoubleSupplier random, Duration patience) {
    this.clock = clock;
    this.random = random;
    this.patience = patience;
  }

  /** The relay dealt with a message, whatever it decided. */
  synchronized void works() {
    if (failures > 0) {
      LOG.info("The relay works again");
    }
    failures = 0;
    pausedUntil = Instant.MIN;
    workedAt = clock.instant();
  }

  /** The relay took a message. */
  synchronized void accepted() {
    everAccepted = true;
    works();
  }

  /**
   * The relay failed, and not because of a message.
   *
   * @return whether the run should give up
   */
  synchronized boolean failed(String code) {
    Instant now = clock.instant();
    if (failures == 0) {
      failingSince = now;
    } else if (now.isBefore(pausedUntil)) {
      // Others fail for the same reason at the same time.
      return isBeyondPatience(now);
    }
    failures = Math.min(failures + 1, 30);
    Duration pause = PAUSES.delay(failures, random.getAsDouble());
    pausedUntil = now.plus(pause);
    LOG.warn("The relay fails ({}); trying again in {} ms", code, pause.toMillis());
    return isBeyondPatience(now);
  }

  /** A relay that refuses for good before it ever took a message is not configured right. */
  synchronized boolean isHopeless(RelayException e) {
    return !everAccepted && !e.isTransient();
  }

  synchronized boolean hasEverAccepted() {
    return everAccepted;
  }

  /** Whether the relay dealt with a message lately, so that a failure may be one sender's alone. */
  synchronized boolean workedLately() {
    return failures == 0 && clock.instant().isBefore(workedAt.plus(LATELY));
  }

  synchronized boolean isPaused() {
    return clock.instant().isBefore(pausedUntil);
  }

  synchronized boolean isInDoubt() {
    return failures > 0;
  }

  private boolean isBeyondPatience(Instant now) {
    return Duration.between(failingSince, now).compareTo(patience) >= 0;
  }
}
