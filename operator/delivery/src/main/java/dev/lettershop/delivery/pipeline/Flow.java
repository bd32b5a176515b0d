package dev.lettershop.delivery.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What the threads of one pipeline know together: how many recipients are in it, whether it is to
 * stop, and why. Thread-safe.
 */
final class Flow {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int inside;
  private volatile boolean stopping;
  private volatile boolean finished;
  private volatile Throwable failure;

  /** Recipients that were claimed. */
  void entered(int count) {
    change(() -> inside += count);
  }

  /** Recipients that were recorded or given back. */
  void left(int count) {
    change(() -> inside -= count);
  }

  int inside() {
    lock.lock();
    try {
      return inside;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is to be handed over than what is marked already. */
  void stop() {
    change(() -> stopping = true);
  }

  /** Stops because of something that no thread can deal with; the first one is kept. */
  void fail(Throwable cause) {
    change(
        () -> {
          stopping = true;
          if (failure == null) {
            failure = cause;
          } else if (failure != cause) {
            failure.addSuppressed(cause);
          }
        });
  }

  boolean isStopping() {
    return stopping;
  }

  /** Tells the threads that nothing will come any more. */
  void finish() {
    change(() -> finished = true);
  }

  boolean isFinished() {
    return finished;
  }

  /** Null while all is well. */
  Throwable failure() {
    return failure;
  }

  /** Waits until something changes, at most so long; returns at once when stopping. */
  void awaitChange(Duration most) throws InterruptedException {
    lock.lock();
    try {
      if (!stopping) {
        changed.await(most.toNanos(), TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits so long, or until stopping. */
  void rest(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (!stopping && !finished && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nobody is inside, for as long as {@code goOn} holds. */
  void awaitEmpty(BooleanSupplier goOn) throws InterruptedException {
    lock.lock();
    try {
      while (inside > 0 && goOn.getAsBoolean()) {
        changed.await(100, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
