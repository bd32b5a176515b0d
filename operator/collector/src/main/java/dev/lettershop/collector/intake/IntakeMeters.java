package dev.lettershop.collector.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** Figures of what comes in. No label holds anything that a client has chosen. */
final class IntakeMeters implements GroupCommit.Listener {
  private final MeterRegistry registry;
  private final Timer commits;
  private final Counter failures;
  private final Map<String, Counter> accepted = new ConcurrentHashMap<>();

  IntakeMeters(MeterRegistry registry) {
    this.registry = registry;
    this.commits =
        Timer.builder("lettershop.collector.commit")
            .description("Seconds that storing what came in takes, by transaction.")
            .serviceLevelObjectives(
                Duration.ofMillis(2),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofSeconds(1))
            .register(registry);
    this.failures =
        Counter.builder("lettershop.collector.commit.failures")
            .description("Transactions that failed and were tried again.")
            .register(registry);
  }

  void queue(IntSupplier events) {
    // Strongly: nobody else holds the supplier.
    Gauge.builder("lettershop.collector.queue.rows", events, IntSupplier::getAsInt)
        .description("Calls that wait to be stored.")
        .strongReference(true)
        .register(registry);
  }

  void accepted(String source, int calls) {
    accepted
        .computeIfAbsent(
            source,
            name ->
                Counter.builder("lettershop.collector.calls")
                    .description("Calls that were stored and answered, by source.")
                    .tag("source", name)
                    .register(registry))
        .increment(calls);
  }

  void refused(Refused reason) {
    Counter.builder("lettershop.collector.refused.requests")
        .description("Requests that were refused, by reason.")
        .tag("reason", reason.name())
        .register(registry)
        .increment();
  }

  /** Why a request is refused. */
  enum Refused {
    /** The write key is missing or unknown. */
    Key,
    /** A page of another origin sent it. */
    Origin,
    /** The body can never be read. */
    Body,
    /** Too many requests of one network or source. */
    Rate,
    /** Too much waits already, or the database is away. */
    Overload
  }

  @Override
  public void committed(int events, Duration took) {
    commits.record(took);
  }

  @Override
  public void failed() {
    failures.increment();
  }
}
