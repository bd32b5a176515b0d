package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.CronSchedule;
import dev.lettershop.api.v1alpha1.Segment;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.SegmentPlan;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;
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
    CronSchedule schedule = compiled.segment().getSpec().refresh();
    if (schedule == null) {
      return Optional.empty();
    }
    WorkerPod.Parts parts =
        new WorkerPod.Parts(
            List.of(
                Component.REFRESH.label(),
                "--plan=" + WorkerPlaces.PLAN,
                "--secrets=" + WorkerPlaces.SECRETS,
                "--termination-log=" + WorkerPlaces.TERMINATION_LOG),
            compiled.planConfigMap(),
            new SecretFiles().add(compiled.plan().store()),
            new SourceVolumes(List.of()),
            List.of(),
            List.of());
    return Optional.of(
        JobTemplate.single(
                compiled.segment(),
                new JobTemplate.Planned(compiled.planConfigMap(), compiled.planHash()),
                settings.refreshDeadline(),
                new WorkerPod(settings).of(parts, null))
            .cronJob(
                compiled.segment(),
                new JobTemplate.Timing(
                    schedule.cron(),
                    schedule.timeZone(),
                    SourceWorkload.STARTING_DEADLINE,
                    false,
                    SourceWorkload.JOBS_KEPT)));
  }
}
