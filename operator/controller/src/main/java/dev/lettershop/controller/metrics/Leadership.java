package dev.lettershop.controller.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;

/** Whether this replica is the one that works. Safe for use by several threads. */
public final class Leadership extends Collector {
  private volatile boolean leads;

  /** From now on it works. */
  public void won() {
    leads = true;
  }

  /** From now on it waits. */
  public void lost() {
    leads = false;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return List.of(
        new GaugeMetricFamily(
            "lettershop_controller_leader",
            "Whether this replica works (1) or waits for the lease of another (0).",
            leads ? 1 : 0));
  }
}
