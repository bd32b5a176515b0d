package dev.lettershop.playground.flow;

import java.time.Duration;

/**
 * A time in which nothing happens. How long it has to last grows with the time between two looks: a
 * machine that is too busy to look often is too busy to do what is waited for, too. Not
 * thread-safe.
 */
final class Lull {
  private static final int LOOKS = 8;

  private final long atLeast;
  private Object seen;
  private long since;
  private long last;
  private long longestPause;

  Lull(Duration atLeast) {
    this.atLeast = atLeast.toNanos();
  }

  /**
   * To be asked again and again.
   *
   * @param state what changes when something happens
   * @param idle whether nothing is under way
   */
  boolean lasts(Object state, boolean idle) {
    long now = System.nanoTime();
    if (!idle || !state.equals(seen)) {
      seen = state;
      since = now;
      longestPause = 0;
    } else {
      longestPause = Math.max(longestPause, now - last);
    }
    last = now;
    return now - since >= Math.max(atLeast, LOOKS * longestPause);
  }
}
