package dev.lettershop.delivery.policy;

import dev.lettershop.delivery.smtp.SmtpResult;
import dev.lettershop.delivery.smtp.SmtpResult.Accepted;
import dev.lettershop.delivery.smtp.SmtpResult.PermanentFailure;
import dev.lettershop.delivery.smtp.SmtpResult.TransientFailure;
import dev.lettershop.delivery.smtp.SmtpStage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Which domains may be mailed now: each gets so many messages at a time, and rests when it has said
 * "later" many times in a row, longer each time. Knows only domains that have mail under way or
 * trouble. Thread-safe.
 */
public final class DomainGate {
  /** So many times a domain may say "later" in a row to those who come again. */
  static final int PATIENCE = 10;

  /** Greylisting says "later" to everybody once: a first try counts for so much less. */
  private static final int FIRST_TRIES = 10;

  private static final RetryPolicy RESTS =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofSeconds(5), Duration.ofMinutes(5));

  private final int most;
  private final DoubleSupplier random;
  private final LongSupplier nanoTime;
  private final Map<String, State> states = new HashMap<>();

  private static final class State {
    int underWay;
    int failures;
    int firstTries;
    long restsUntil;
  }

  /**
   * What others should know about a domain.
   *
   * @param time how long it rests; zero when it works again
   */
  public record Rest(String domain, int failures, Duration time) {}

  /**
   * @param most messages under way to one domain at a time; 0 for any number
   * @param random uniform in [0, 1)
   * @param nanoTime a monotonic clock
   */
  public DomainGate(int most, DoubleSupplier random, LongSupplier nanoTime) {
    this.most = most;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  /** How long the domain still rests; zero when it does not. */
  public synchronized Duration restOf(String domain) {
    State state = states.get(domain);
    long left = state == null || !rests(state) ? 0 : state.restsUntil - nanoTime.getAsLong();
    return Duration.ofNanos(Math.max(0, left));
  }

  /**
   * Lets one more message through, if there is room; then {@link #left} has to follow. A domain in
   * trouble gets one message at a time.
   */
  public synchronized boolean enter(String domain) {
    State state = states.computeIfAbsent(domain, d -> new State());
    int room = state.failures >= PATIENCE ? 1 : most == 0 ? Integer.MAX_VALUE : most;
    if (state.underWay >= room) {
      return false;
    }
    state.underWay++;
    return true;
  }

  /**
   * A message has been dealt with.
   *
   * @param result null when it was not handed over
   * @param firstTry whether it was the recipient's first
   * @return what has changed for the domain, for others to know
   */
  public synchronized Optional<Rest> left(String domain, SmtpResult result, boolean firstTry) {
    State state = states.get(domain);
    state.underWay--;
    Optional<Rest> news = Optional.empty();
    if (isAboutDomain(result)) {
      news = saidLater(domain, state, firstTry);
    } else if (result instanceof Accepted || result instanceof PermanentFailure) {
      if (state.failures >= PATIENCE) {
        news = Optional.of(new Rest(domain, 0, Duration.ZERO));
      }
      state.failures = 0;
      state.firstTries = 0;
    }
    if (state.underWay == 0 && state.failures == 0 && state.firstTries == 0) {
      states.remove(domain);
    }
    return news;
  }

  private Optional<Rest> saidLater(String domain, State state, boolean firstTry) {
    if (rests(state)) {
      // Sent before the rest began.
      return Optional.empty();
    }
    if (firstTry && ++state.firstTries % FIRST_TRIES != 0) {
      return Optional.empty();
    }
    state.failures = Math.min(state.failures + 1, PATIENCE + 30);
    if (state.failures < PATIENCE) {
      return Optional.empty();
    }
    Duration time = RESTS.delay(state.failures - PATIENCE + 1, random.getAsDouble());
    state.restsUntil = nanoTime.getAsLong() + time.toNanos();
    return Optional.of(new Rest(domain, state.failures, time));
  }

  private boolean rests(State state) {
    return state.failures >= PATIENCE && nanoTime.getAsLong() - state.restsUntil < 0;
  }

  /** Not about one mailbox (X.2.Z, RFC 3463 section 3.3), and not about the relay. */
  private static boolean isAboutDomain(SmtpResult result) {
    return result instanceof TransientFailure failure
        && failure.stage() != SmtpStage.Mail
        && !failure.code().startsWith("421")
        && !failure.code().contains(" 4.2.");
  }
}
