package dev.lettershop.collector.intake;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Requests a second, for very many askers in fixed memory: each has a slot by its hash, and shares
 * it with whoever has the same one. One second's worth may come at once. Thread-safe.
 */
public final class RateLimit {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLongArray free;
  private final long interval;
  private final LongSupplier nanos;
  private final long origin;

  /**
   * @param perSecond 1 to 1,000,000
   * @param slots a power of two
   * @param nanos a clock like {@link System#nanoTime()}
   */
  public RateLimit(int perSecond, int slots, LongSupplier nanos) {
    this.free = new AtomicLongArray(slots);
    this.interval = SECOND / perSecond;
    this.nanos = nanos;
    this.origin = nanos.getAsLong();
  }

  /** Whether a request may go on now. */
  public boolean allows(Object asker) {
    int hash = asker.hashCode() * 0x9E3779B9;
    int slot = (hash >>> 16 ^ hash) & (free.length() - 1);
    long now = nanos.getAsLong() - origin;
    while (true) {
      long at = free.get(slot);
      long next = Math.max(at, now) + interval;
      if (next - now > SECOND) {
        return false;
      }
      if (free.compareAndSet(slot, at, next)) {
        return true;
      }
    }
  }
}
