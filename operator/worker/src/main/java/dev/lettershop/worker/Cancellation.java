package dev.lettershop.worker;

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
  }

  /** What to do on cancellation from now on; done at once when that has come already. */
  synchronized void onCancel(Runnable todo) {
    action = todo;
    if (cancelled) {
      todo.run();
    }
  }

  /**
   * @throws RunException when work is to stop
   */
  void check() {
    if (isCancelled()) {
      throw RunException.cancelled("Cancelled before anything was sent; start it again to go on");
    }
  }
}
