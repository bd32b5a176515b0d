package dev.lettershop.source.connect;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before trying again: twice as long each time, up to a limit, and by chance up to
 * a half less, so that many do not come back at once.
 */
public final class Backoff {
  /** Waits; throws what ends the sync when it is to end meanwhile. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration time);
  }

  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier chance;

  /**
   * @param chance numbers from 0 to 1
   */
  public Backoff(Duration first, Duration longest, DoubleSupplier chance) {
    this.first = first;
    this.longest = longest;
    this.chance = chance;
  }

  /**
   * @param failures in a row so far, at least 1
   */
  public Duration after(int failures) {
    long doubled = first.toMillis() << Math.min(failures - 1, 20);
    long most = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(Math.round(most * (1 - chance.getAsDouble() / 2)));
  }
}
