package dev.lettershop.delivery.policy;

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
public final class RelayHealth {
  private static final Logger LOG = LoggerFactory.getLogger(RelayHealth.class);
  private static final RetryPolicy PAUSES =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(100), Duration.ofMinutes(1));

  /** So many recipients are lost at most to a relay that is not configured right. */
  private static final int HOPELESS_REFUSALS = 10;

  /** After so many refusals in a row the reason may be the relay, though it worked before. */
  private static final int SUSPICIOUS_REFUSALS = 5;

  /** And after so many it is. */
  private static final int REFUSALS_THAT_STOP = 20;

  private static final Duration LATELY = Duration.ofSeconds(2);

  private final Clock clock;
  private final DoubleSupplier random;
  private final Duration patience;
  private int openConnections;
  private boolean everAccepted;
  private int refusals;
  private int failures;
  private Instant failingSince;
  private Instant workedAt = Instant.EPOCH;
  private Instant pausedUntil = Instant.MIN;
  private String lastCode;

  public RelayHealth(Clock clock, DoubleSupplier random, Duration patience) {
    this.clock = clock;
    this.random = random;
    this.patience = patience;
  }

  /** The relay dealt with a message, whatever it decided. */
  public synchronized void works() {
    if (isFailing()) {
      LOG.info("The relay works again");
    }
    failures = 0;
    pausedUntil = Instant.MIN;
    workedAt = clock.instant();
  }

  /**
   * The relay refused a message for good, though not for its sender. When it refuses one after the
   * other, and not because of the mailboxes (RFC 3463 sections 3.2 and 3.3), it will refuse
   * everybody: a quota is used up, an account is closed. Then it counts as failing.
   *
   * @return whether the run should give up: at once when the relay has never taken a message
   */
  public synchronized boolean refused(String code) {
    if (code.contains(" 5.1.") || code.contains(" 5.2.")) {
      works();
      return refusals >= HOPELESS_REFUSALS && !everAccepted;
    }
    refusals++;
    if (everAccepted && refusals >= REFUSALS_THAT_STOP) {
      return failed(code);
    }
    works();
    return refusals >= HOPELESS_REFUSALS && !everAccepted;
  }

  /** Whether a refusal may be about the relay, so that nobody should have failed for it. */
  public synchronized boolean isSuspicious() {
    return !everAccepted || refusals >= SUSPICIOUS_REFUSALS;
  }

  /** The relay could not be had from the start, and is waited for. */
  public synchronized void isDown(String code) {
    failed(code);
    failed(code);
  }

  /** What the relay said last, while it fails; null while it works. */
  public synchronized String trouble() {
    return isFailing() ? lastCode : null;
  }

  /** The relay took a message. */
  public synchronized void accepted() {
    everAccepted = true;
    refusals = 0;
    works();
  }

  /**
   * The relay failed, and not because of a message.
   *
   * @return whether the run should give up
   */
  public synchronized boolean failed(String code) {
    Instant now = clock.instant();
    if (failures == 0) {
      failingSince = now;
    } else if (now.isBefore(pausedUntil)) {
      // Others fail for the same reason at the same time.
      return isBeyondPatience(now);
    }
    failures = Math.min(failures + 1, 30);
    lastCode = code;
    if (!isFailing()) {
      return false;
    }
    Duration pause = PAUSES.delay(failures - 1, random.getAsDouble());
    pausedUntil = now.plus(pause);
    LOG.warn("The relay fails ({}); trying again in {} ms", code, pause.toMillis());
    return isBeyondPatience(now);
  }

  /** A relay that refuses for good before it ever took a message is not configured right. */
  public synchronized boolean isHopeless(RelayException e) {
    return !everAccepted && !e.isTransient();
  }

  public synchronized void connectionOpened() {
    openConnections++;
  }

  public synchronized void connectionClosed() {
    openConnections--;
  }

  /** Whether some sender holds a connection; a relay may allow no other. */
  public synchronized boolean hasOpenConnection() {
    return openConnections > 0;
  }

  public synchronized boolean hasEverAccepted() {
    return everAccepted;
  }

  /** Whether the relay dealt with a message lately, so that a failure may be one sender's alone. */
  public synchronized boolean workedLately() {
    return !isFailing() && clock.instant().isBefore(workedAt.plus(LATELY));
  }

  public synchronized boolean isPaused() {
    return clock.instant().isBefore(pausedUntil);
  }

  /** Whether one message at a time is enough: the relay has never taken one, or not lately. */
  public synchronized boolean isInDoubt() {
    return !everAccepted || isFailing();
  }

  /** Once may be bad luck. */
  public synchronized boolean isFailing() {
    return failures > 1;
  }

  private boolean isBeyondPatience(Instant now) {
    return Duration.between(failingSince, now).compareTo(patience) >= 0;
  }
}
