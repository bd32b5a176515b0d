package dev.lettershop.controller.metrics;

import dev.lettershop.controller.reconcile.Failures;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import java.util.List;

/** What kept resources from being reconciled, as a metric. */
public final class FailureMetrics extends Collector {
  private final Failures failures;

  public FailureMetrics(Failures failures) {
    this.failures = failures;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    CounterMetricFamily family =
        new CounterMetricFamily(
            "lettershop_reconcile_failures",
            "Attempts to reconcile a resource that failed, by kind and reason.",
            List.of("kind", "reason"));
    failures
        .counts()
        .forEach((kind, count) -> family.addMetric(List.of(kind.name(), kind.reason()), count));
    return List.of(family);
  }
}
