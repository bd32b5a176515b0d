package dev.lettershop.collector.mapping;

import dev.lettershop.collector.intake.CallType;
import dev.lettershop.store.intake.Backlog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Figures of what became of calls. */
final class MappingMeters {
  private final MeterRegistry registry;
  private final AtomicReference<Backlog> backlog =
      new AtomicReference<>(new Backlog(0, Duration.ZERO));

  MappingMeters(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge(
        "lettershop.collector.lag.seconds", backlog, b -> b.get().oldest().toMillis() / 1000.0);
    registry.gauge("lettershop.collector.backlog.calls", backlog, b -> b.get().events());
  }

  void backlog(Backlog present) {
    backlog.set(present);
  }

  void done(String source, Rows rows, int repeated, int unusable) {
    count(source, "mapped", rows.mapped());
    count(source, "ignored", rows.ignored());
    count(source, "any", "repeated", repeated);
    count(source, "any", "quarantined", unusable);
  }

  private void count(String source, String outcome, Map<CallType, Integer> calls) {
    calls.forEach((type, n) -> count(source, type.name().toLowerCase(Locale.ROOT), outcome, n));
  }

  private void count(String source, String type, String outcome, int calls) {
    if (calls > 0) {
      Counter.builder("lettershop.collector.events")
          .description("Calls that were worked through, by what became of them.")
          .tag("source", source)
          .tag("type", type)
          .tag("outcome", outcome)
          .register(registry)
          .increment(calls);
    }
  }
}
