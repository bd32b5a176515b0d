package dev.lettershop.delivery.pipeline;

import dev.lettershop.store.pace.Slots;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How many messages may go out now: takes slots from a source that all processes share, somewhat
 * ahead, and uses each when its time has come. For one thread.
 */
final class Pace {
  /** What is late by more is lost, so that a process that hung makes no burst. */
  private static final long LATE = Duration.ofSeconds(1).toNanos();

  private final Supplier<Slots> source;
  private final LongSupplier nanoTime;
  private final Deque<Held> held = new ArrayDeque<>();
  private boolean unlimited;
  private long askAgainAt;

  /** Slots that are ours: so many, from the first on, equally spaced. */
  private record Held(int count, long first, long spacing) {
    int due(long now) {
      if (now - first < 0) {
        return 0;
      }
      return spacing == 0 ? count : (int) Math.min(count, (now - first) / spacing + 1);
    }

    Held without(int used) {
      return new Held(count - used, first + used * spacing, spacing);
    }
  }

  /**
   * @param source some slots at a time; null when there is no limit
   * @param nanoTime a monotonic clock
   */
  Pace(Supplier<Slots> source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
    this.askAgainAt = nanoTime.getAsLong();
  }

  /** How many of {@code wanted} may go now. What is not used must be given back. */
  int take(int wanted) {
    if (unlimited) {
      return wanted;
    }
    long now = nanoTime.getAsLong();
    if (now - askAgainAt >= 0) {
      ask(now);
      if (unlimited) {
        return wanted;
      }
      now = nanoTime.getAsLong();
    }
    int taken = 0;
    while (taken < wanted && !held.isEmpty()) {
      Held next = dropLate(held.poll(), now);
      int used = Math.min(wanted - taken, next.due(now));
      taken += used;
      if (used < next.count()) {
        held.push(next.without(used));
        if (used == 0) {
          break;
        }
      }
    }
    return taken;
  }

  private static Held dropLate(Held slots, long now) {
    int late = slots.due(now - LATE);
    return late == 0 ? slots : slots.without(late);
  }

  private void ask(long now) {
    Slots slots = source.get();
    if (slots == null) {
      unlimited = true;
    } else if (slots.count() == 0) {
      askAgainAt = now + slots.start().toNanos();
    } else {
      held.add(new Held(slots.count(), now + slots.start().toNanos(), slots.spacing().toNanos()));
      askAgainAt = now;
    }
  }

  void giveBack(int unused) {
    if (!unlimited && unused > 0) {
      held.push(new Held(unused, nanoTime.getAsLong(), 0));
    }
  }

  /** How long until there may be a slot. */
  Duration untilNext() {
    long now = nanoTime.getAsLong();
    long ask = askAgainAt - now;
    long next = held.isEmpty() ? ask : held.peek().first() - now;
    return Duration.ofNanos(Math.max(1_000_000, Math.min(ask > 0 ? ask : next, next)));
  }
}
