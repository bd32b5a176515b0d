package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.common.CronSchedule;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.plan.RetentionPlan;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;

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
    return store.getSpec() != null && store.getSpec().retention() != null;
  }

  /** The CronJob that does it. */
  public CronJob cronJob(Compiled compiled) {
    return new PeriodicJob(
            Component.RETENTION,
            new JobTemplate.Planned(compiled.planConfigMap(), compiled.planHash()),
            new SecretFiles().add(compiled.plan().store()))
        .cronJob(
            compiled.store(),
            atNight(compiled.store()),
            false,
            settings.refreshDeadline(),
            settings);
  }

  /** At night (UTC), and not of all stores in the same minute. */
  private static CronSchedule atNight(ProfileStore store) {
    String name = store.getMetadata().getNamespace() + "/" + store.getMetadata().getName();
    return new CronSchedule(Math.floorMod(name.hashCode(), MINUTES) + " " + HOUR + " * * *", null);
  }
}
