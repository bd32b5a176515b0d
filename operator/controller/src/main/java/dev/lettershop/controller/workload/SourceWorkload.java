package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.SourcePlan;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;
import java.util.Optional;

/** What reads a source on its schedule. */
public final class SourceWorkload {
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
    ProfileSource source = compiled.source();
    return Optional.ofNullable(source.getSpec().schedule())
        .map(
            schedule ->
                new PeriodicJob(
                        Component.SYNC,
                        new JobTemplate.Planned(compiled.planConfigMap(), compiled.planHash()),
                        new SecretFiles().add(compiled.plan()),
                        new SourceVolumes(List.of(compiled.plan())),
                        List.of(),
                        List.of(),
                        List.of("--sources=" + WorkerPlaces.SOURCES))
                    .cronJob(
                        source,
                        schedule,
                        source.getSpec().suspend(),
                        settings.syncDeadline(),
                        settings));
  }
}
