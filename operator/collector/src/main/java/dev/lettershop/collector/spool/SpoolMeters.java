package dev.lettershop.collector.spool;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/** Figures of a spool. */
final class SpoolMeters {
  private final MeterRegistry registry;

  SpoolMeters(MeterRegistry registry, LongSupplier bytes) {
    this.registry = registry;
    // Strongly: nobody else holds the supplier.
    Gauge.builder("lettershop.collector.spool", bytes, LongSupplier::getAsLong)
        .description("Bytes on the disk that wait for the database.")
        .baseUnit("bytes")
        .strongReference(true)
        .register(registry);
  }

  void kept(String kind, int records) {
    count(kind, "kept", records);
  }

  void applied(String kind, int records) {
    count(kind, "applied", records);
  }

  void rejected(String kind) {
    count(kind, "rejected", 1);
  }

  private void count(String kind, String outcome, int records) {
    Counter.builder("lettershop.collector.spool.records")
        .description("Records that went to the disk, by what became of them.")
        .tag("kind", kind)
        .tag("outcome", outcome)
        .register(registry)
        .increment(records);
  }
}
