package dev.lettershop.fuzz;

import java.util.concurrent.atomic.AtomicReference;

/** A thread with the stack of a controller's: 512 KB. */
public final class SmallStack {
  private static final int BYTES = 512 * 1024;

  private SmallStack() {}

  /**
   * Runs something in such a thread, and waits for its end.
   *
   * @throws AssertionError with what was thrown as its cause
   */
  public static void run(Runnable work) {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread = new Thread(null, work, "small-stack", BYTES);
    thread.setUncaughtExceptionHandler((self, failure) -> thrown.set(failure));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while something ran on a small stack", e);
    }
    if (thrown.get() != null) {
      throw new AssertionError("On a stack of 512 KB: " + thrown.get(), thrown.get());
    }
  }
}
