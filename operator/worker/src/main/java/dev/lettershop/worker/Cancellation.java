package dev.lettershop.worker;

import java.time.Duration;

/** Whether work is to stop, and whom to tell. Thread-safe. */
public final class Cancellation {
  private boolean cancelled;
  private Runnable action = () -> {};

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Asks whoever works to stop as soon as what is under way is recorded. */
  public synchronized void cancel() {
    cancelled = true;
    action.run();
    notifyAll();
  }

  /**
   * Waits.
   *
   * @throws RunException when work is to stop meanwhile
   */
  public synchronized void pause(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toNanos(); left > 0 && !cancelled; left = until - System.nanoTime()) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RunException.cancelled("Interrupted while waiting; start it again to go on");
    }
    check();
  }

  /** What to do on cancellation from now on; done at once when that has come already. */
  public synchronized void onCancel(Runnable todo) {
    action = todo;
    if (cancelled) {
      todo.run();
    }
  }

  /**
   * @throws RunException when work is to stop
   */
  public void check() {
    if (isCancelled()) {
      throw RunException.cancelled("Cancelled before anything was sent; start it again to go on");
    }
  }
}
