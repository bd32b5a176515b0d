package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.ProfileStore;
import dev.lettershop.api.v1alpha1.Retention;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.RetentionPlan;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;

/** What forgets each day what is past its time in a store. */
public final class RetentionWorkload {
  private static final int HOUR = 3;
  private static final int MINUTES = 60;

  private final WorkloadSettings settings;

  public RetentionWorkload(WorkloadSettings settings) {
    this.settings = settings;
  }

  /**
   * A store in which something is forgotten.
   *
   * @param planConfigMap name of the ConfigMap with the plan
   * @param planHash {@code sha256:} and 64 hexadecimal digits
   */
  public record Compiled(
      ProfileStore store, RetentionPlan plan, String planConfigMap, String planHash) {}

  /** Whether a store says of anything how long it is kept. */
  public static boolean forgets(ProfileStore store) {
    Retention retention = store.getSpec() == null ? null : store.getSpec().retention();
    return retention != null && (retention.events() != null || retention.deliveries() != null);
  }

  /** The CronJob that does it. */
  public CronJob cronJob(Compiled compiled) {
    WorkerPod.Parts parts =
        new WorkerPod.Parts(
            List.of(
                Component.RETENTION.label(),
                "--plan=" + WorkerPlaces.PLAN,
                "--secrets=" + WorkerPlaces.SECRETS,
                "--termination-log=" + WorkerPlaces.TERMINATION_LOG),
            compiled.planConfigMap(),
            new SecretFiles().add(compiled.plan().store()),
            new SourceVolumes(List.of()),
            List.of(),
            List.of());
    return JobTemplate.single(
            compiled.store(),
            new JobTemplate.Planned(compiled.planConfigMap(), compiled.planHash()),
            settings.refreshDeadline(),
            new WorkerPod(settings).of(parts, null))
        .cronJob(
            compiled.store(),
            new JobTemplate.Timing(
                schedule(compiled.store()),
                null,
                SourceWorkload.STARTING_DEADLINE,
                false,
                SourceWorkload.JOBS_KEPT));
  }

  /** At night (UTC), and not of all stores in the same minute. */
  private static String schedule(ProfileStore store) {
    String name = store.getMetadata().getNamespace() + "/" + store.getMetadata().getName();
    return Math.floorMod(name.hashCode(), MINUTES) + " " + HOUR + " * * *";
  }
}
