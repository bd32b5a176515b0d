package dev.lettershop.bench;

import java.util.function.BooleanSupplier;

/** Waits for something to become true. */
final class Waiting {
  private static final long LOOK_MILLIS = 100;

  private Waiting() {}

  /**
   * @throws IllegalStateException when it has not become true in time
   */
  static void await(int seconds, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Not reached in " + seconds + " s");
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
