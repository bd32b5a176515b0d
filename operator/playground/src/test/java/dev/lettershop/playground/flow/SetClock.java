package dev.lettershop.playground.flow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** Stands still until somebody lets time pass. */
final class SetClock extends Clock {
  private final AtomicReference<Instant> now;

  SetClock(Instant begin) {
    now = new AtomicReference<>(begin);
  }

  void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("Nobody here needs another zone");
  }
}
