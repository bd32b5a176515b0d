package dev.lettershop.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedMetersTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @BeforeEach
  void filter() {
    registry.config().meterFilter(new BoundedMeters().operatorSdk());
  }

  @Test
  void reconciliations_are_counted_whatever_the_number_of_the_attempt() {
    for (int attempt = 0; attempt < 50; attempt++) {
      registry
          .counter(
              "operator.sdk.reconciliations.started",
              "kind",
              "Campaign",
              "reconciliations.retries.number",
              Integer.toString(attempt),
              "reconciliations.retries.last",
              "false")
          .increment();
    }

    assertThat(lines("operator_sdk_reconciliations_started_total"))
        .containsExactly("operator_sdk_reconciliations_started_total{kind=\"Campaign\",} 50.0");
  }

  @Test
  void times_fall_into_few_buckets() {
    Timer.builder("operator.sdk.controllers.execution.reconcile")
        .publishPercentiles(0.3, 0.5, 0.95)
        .publishPercentileHistogram()
        .register(registry)
        .record(Duration.ofMillis(50));

    assertThat(lines("operator_sdk_controllers_execution_reconcile_seconds"))
        .contains(
            "operator_sdk_controllers_execution_reconcile_seconds_bucket{le=\"0.01\",} 0.0",
            "operator_sdk_controllers_execution_reconcile_seconds_bucket{le=\"0.1\",} 1.0",
            "operator_sdk_controllers_execution_reconcile_seconds_count 1.0")
        .hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void what_others_meter_stays_as_it_is() {
    registry.counter("http.requests", "reconciliations.retries.number", "1").increment();

    assertThat(lines("http_requests_total"))
        .containsExactly("http_requests_total{reconciliations_retries_number=\"1\",} 1.0");
  }

  private List<String> lines(String prefix) {
    return registry.scrape().lines().filter(line -> line.startsWith(prefix)).toList();
  }
}
