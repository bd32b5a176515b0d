package dev.lettershop.collector.status;

import dev.lettershop.api.v1alpha1.collector.CollectorPodStatus;
import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Routes;
import dev.lettershop.worker.status.StatusReporter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Writes what this process counts into {@code status.pods} of its Collector, when it has changed.
 * Of two processes in a Pod, each writes what it knows. Thread-safe.
 */
public final class StatusFeature implements Feature {
  private final StatusReporter reporter;
  private final String pod;
  private final boolean web;
  private final boolean mapping;
  private final MeterRegistry registry;
  private final Clock clock;
  private CollectorPodStatus last;

  /**
   * @param pod name of the Pod
   * @param web whether the process takes events
   * @param mapping whether the process works through them
   */
  public StatusFeature(
      StatusReporter reporter,
      String pod,
      boolean web,
      boolean mapping,
      MeterRegistry registry,
      Clock clock) {
    this.reporter = reporter;
    this.pod = pod;
    this.web = web;
    this.mapping = mapping;
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public void register(Routes routes) {
    reporter.start(this::status);
  }

  /** The same object as before when nothing was counted since, so that it is not written again. */
  private synchronized Map<String, Object> status() {
    Long accepted = web ? counted("lettershop.collector.calls") : null;
    Long refused = web ? counted("lettershop.collector.refused.requests") : null;
    Long lag = mapping ? lag() : null;
    if (last == null || !last.equals(new CollectorPodStatus(accepted, refused, lag, last.time()))) {
      String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
      last = new CollectorPodStatus(accepted, refused, lag, now);
    }
    return Map.of("pods", Map.of(pod, last));
  }

  private long counted(String name) {
    return (long) registry.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }

  private long lag() {
    Gauge lag = registry.find("lettershop.collector.lag.seconds").gauge();
    return lag == null ? 0 : Math.round(lag.value());
  }

  @Override
  public void close() {
    reporter.end(status());
  }
}
