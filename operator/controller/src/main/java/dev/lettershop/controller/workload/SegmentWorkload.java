package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.plan.SegmentPlan;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.Optional;

/** What records a segment's members on its schedule. */
public final class SegmentWorkload {
  private final WorkloadSettings settings;

  public SegmentWorkload(WorkloadSettings settings) {
    this.settings = settings;
  }

  /**
   * A segment that is ready to be recorded.
   *
   * @param planConfigMap name of the ConfigMap with the plan
   * @param planHash {@code sha256:} and 64 hexadecimal digits
   */
  public record Compiled(
      Segment segment, SegmentPlan plan, String planConfigMap, String planHash) {}

  /** The CronJob of a segment that is to be recorded; empty for every other one. */
  public Optional<CronJob> cronJob(Compiled compiled) {
    return Optional.ofNullable(compiled.segment().getSpec().refresh())
        .map(
            schedule ->
                new PeriodicJob(
                        Component.REFRESH,
                        new JobTemplate.Planned(compiled.planConfigMap(), compiled.planHash()),
                        new SecretFiles().add(compiled.plan().store()))
                    .cronJob(
                        compiled.segment(), schedule, false, settings.refreshDeadline(), settings));
  }
}
