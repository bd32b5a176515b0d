package dev.lettershop.controller.metrics;

import dev.lettershop.api.v1alpha1.transport.BounceCounts;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.api.v1alpha1.transport.MailTransportStatus;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What came back through each transport since the controller began. A status says what the last
 * reading came to; a reading is added once, when its time is new. One that was there when the
 * controller began is not: Prometheus has it from before.
 */
public final class TransportMetrics extends Collector {
  private static final List<String> LABELS = List.of("namespace", "transport", "kind");

  private final Supplier<? extends Collection<MailTransport>> transports;
  private final Map<Key, Seen> seen = new HashMap<>();

  /**
   * @param transports all that are known; asked at each scrape, so it should be a cache
   */
  public TransportMetrics(Supplier<? extends Collection<MailTransport>> transports) {
    this.transports = transports;
  }

  @Override
  public synchronized List<MetricFamilySamples> collect() {
    CounterMetricFamily bounces =
        new CounterMetricFamily(
            "lettershop_transport_bounces",
            "Bounces and complaints that were read since the controller began.",
            LABELS);
    Map<Key, Seen> present = new HashMap<>();
    for (MailTransport transport : transports.get()) {
      Key key = new Key(transport.getMetadata().getNamespace(), transport.getMetadata().getName());
      Seen now = next(seen.get(key), transport.getStatus());
      present.put(key, now);
      now.totals.forEach(
          (kind, total) ->
              bounces.addMetric(List.of(key.namespace, key.transport, kind), total.doubleValue()));
    }
    seen.clear();
    seen.putAll(present);
    return List.of(bounces);
  }

  private static Seen next(Seen before, MailTransportStatus status) {
    String time = status == null ? null : status.lastBouncesTime();
    BounceCounts counts = status == null ? null : status.lastBounces();
    if (before == null) {
      return new Seen(time, sums(Map.of(), null));
    }
    return time == null || time.equals(before.time)
        ? before
        : new Seen(time, sums(before.totals, counts));
  }

  private static Map<String, Long> sums(Map<String, Long> before, BounceCounts counts) {
    Map<String, Long> sums = new TreeMap<>();
    sums.put("hard", count(counts == null ? null : counts.hard()));
    sums.put("soft", count(counts == null ? null : counts.soft()));
    sums.put("policy", count(counts == null ? null : counts.policy()));
    sums.put("complaint", count(counts == null ? null : counts.complaints()));
    sums.replaceAll((kind, count) -> count + before.getOrDefault(kind, 0L));
    return sums;
  }

  private static long count(Long number) {
    return number == null ? 0 : number;
  }

  private record Key(String namespace, String transport) {}

  private record Seen(String time, Map<String, Long> totals) {}
}
