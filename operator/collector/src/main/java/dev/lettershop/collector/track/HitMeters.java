package dev.lettershop.collector.track;

import dev.lettershop.store.hit.HitKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Figures of opens and clicks. No label holds a person, an address or a link. */
final class HitMeters {
  private final MeterRegistry registry;
  private final Timer answers;

  HitMeters(MeterRegistry registry) {
    this.registry = registry;
    this.answers =
        Timer.builder("lettershop.collector.hit")
            .description("Seconds until a link is redirected, or an image answered.")
            .serviceLevelObjectives(
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofSeconds(1))
            .register(registry);
  }

  /**
   * @param outcome Stored, Spooled, Lost, or Flooded
   */
  void hit(HitKind kind, String outcome, long sinceNanos) {
    answers.record(Duration.ofNanos(System.nanoTime() - sinceNanos));
    Counter.builder("lettershop.collector.hits")
        .description("Opens and clicks, by what has become of the record.")
        .tag("kind", kind.name())
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  void unknown(HitKind kind) {
    Counter.builder("lettershop.collector.unknown.links")
        .description("Requests with a token that nobody has made.")
        .tag("kind", kind.name())
        .register(registry)
        .increment();
  }
}
