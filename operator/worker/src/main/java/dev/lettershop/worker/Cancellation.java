package dev.lettershop.worker;

/** Whether a run is to stop, and whom to tell. Thread-safe. */
final class Cancellation {
  private boolean cancelled;
  private Runnable action = () -> {};

  synchronized boolean isCancelled() {
    return cancelled;
  }

  /** What to do on cancellation from now on; done at once when that has come already. */
  synchronized void onCancel(Runnable todo) {
    action = todo;
    if (cancelled) {
      todo.run();
    }
  }

  synchronized void cancel() {
    cancelled = true;
    action.run();
  }
}
