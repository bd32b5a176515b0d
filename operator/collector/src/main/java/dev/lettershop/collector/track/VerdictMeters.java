package dev.lettershop.collector.track;

import dev.lettershop.store.engagement.VerdictCount;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Figures of who opens and clicks. No label holds a person, an address or a link. */
final class VerdictMeters {
  private final MeterRegistry registry;
  private final AtomicReference<Duration> lag = new AtomicReference<>(Duration.ZERO);

  VerdictMeters(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge(
        "lettershop.collector.verdict.lag.seconds", lag, l -> l.get().toMillis() / 1000.0);
  }

  void lag(Duration present) {
    lag.set(present);
  }

  void judged(List<VerdictCount> counts) {
    for (VerdictCount count : counts) {
      if (count.campaign() != null) {
        Counter.builder("lettershop.engagement")
            .description("Opens and clicks that have got their verdict.")
            .tag("namespace", count.namespace())
            .tag("campaign", count.campaign())
            .tag("kind", count.kind().name())
            .tag("verdict", count.verdict())
            .register(registry)
            .increment(count.hits());
      }
    }
  }
}
