package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.CronSchedule;
import dev.lettershop.api.v1alpha1.ProfileSource;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.SourcePlan;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What reads a source on its schedule. */
public final class SourceWorkload {
  static final Duration STARTING_DEADLINE = Duration.ofHours(1);
  static final int JOBS_KEPT = 3;

  private final WorkloadSettings settings;

  public SourceWorkload(WorkloadSettings settings) {
    this.settings = settings;
  }

  /**
   * A source that is ready to be read.
   *
   * @param planConfigMap name of the ConfigMap with the plan
   * @param planHash {@code sha256:} and 64 hexadecimal digits
   */
  public record Compiled(
      ProfileSource source, SourcePlan plan, String planConfigMap, String planHash) {}

  /** The CronJob of a source with a schedule; empty for every other one. */
  public Optional<CronJob> cronJob(Compiled compiled) {
    CronSchedule schedule = compiled.source().getSpec().schedule();
    if (schedule == null) {
      return Optional.empty();
    }
    WorkerPod.Parts parts =
        new WorkerPod.Parts(
            List.of(
                Component.SYNC.label(),
                "--plan=" + WorkerPlaces.PLAN,
                "--secrets=" + WorkerPlaces.SECRETS,
                "--sources=" + WorkerPlaces.SOURCES,
                "--termination-log=" + WorkerPlaces.TERMINATION_LOG),
            compiled.planConfigMap(),
            new SecretFiles().add(compiled.plan()),
            new SourceVolumes(List.of(compiled.plan())),
            List.of(),
            List.of());
    return Optional.of(
        JobTemplate.single(
                compiled.source(),
                new JobTemplate.Planned(compiled.planConfigMap(), compiled.planHash()),
                settings.syncDeadline(),
                new WorkerPod(settings).of(parts, null))
            .cronJob(
                compiled.source(),
                new JobTemplate.Timing(
                    schedule.cron(),
                    schedule.timeZone(),
                    STARTING_DEADLINE,
                    compiled.source().getSpec().suspend(),
                    JOBS_KEPT)));
  }
}
