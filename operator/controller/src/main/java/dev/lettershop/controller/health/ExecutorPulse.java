package dev.lettershop.controller.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether an executor still takes work. Hands it a task that does nothing, and waits for the end of
 * that one before it hands it the next, so that a stuck executor is not filled up. Threads that are
 * busy for a while are not a fault: only a task that was not begun for minutes is.
 */
public final class ExecutorPulse implements BooleanSupplier {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Supplier<? extends Executor> executor;
  private final Clock clock;

  /** When the task that has not been run was handed over; null when there is none. */
  private Instant waitingSince;

  /**
   * @param executor null while it has not been started, which is not a fault
   */
  public ExecutorPulse(Supplier<? extends Executor> executor, Clock clock) {
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  public synchronized boolean getAsBoolean() {
    Instant now = clock.instant();
    if (waitingSince != null) {
      return now.isBefore(waitingSince.plus(PATIENCE));
    }
    Executor target = executor.get();
    if (target == null) {
      return true;
    }
    waitingSince = now;
    try {
      target.execute(this::beat);
    } catch (RejectedExecutionException e) {
      waitingSince = null;
      return false;
    }
    return true;
  }

  private synchronized void beat() {
    waitingSince = null;
  }
}
