package dev.lettershop.controller.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Keeps the number of series of the operator SDK's own metrics bounded. It counts reconciliations
 * by the number of the attempt, and attempts have no end here; and it keeps a histogram of some
 * seventy buckets for each kind, where a few say as much.
 */
public final class BoundedMeters {
  private static final String OPERATOR_SDK = "operator.sdk.";
  private static final String RETRIES = "reconciliations.retries.";

  /** In nanoseconds: 10 ms, 100 ms, 1 s and 10 s. */
  private static final double[] BUCKETS = {1e7, 1e8, 1e9, 1e10};

  @Produces
  @Singleton
  MeterFilter operatorSdk() {
    return new OperatorSdkFilter();
  }

  /** Applies to what the operator SDK meters, and to nothing else. */
  static final class OperatorSdkFilter implements MeterFilter {
    @Override
    public Meter.Id map(Meter.Id id) {
      if (!id.getName().startsWith(OPERATOR_SDK)) {
        return id;
      }
      List<Tag> bounded =
          id.getTags().stream().filter(tag -> !tag.getKey().startsWith(RETRIES)).toList();
      return id.replaceTags(bounded);
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      if (!id.getName().startsWith(OPERATOR_SDK)) {
        return config;
      }
      return DistributionStatisticConfig.builder()
          .percentiles()
          .percentilesHistogram(false)
          .serviceLevelObjectives(BUCKETS)
          .build()
          .merge(config);
    }
  }
}
