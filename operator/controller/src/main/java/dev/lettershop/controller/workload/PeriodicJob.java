package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.common.CronSchedule;
import dev.lettershop.job.WorkerPlaces;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done again and again for one resource by one Pod that follows a plan.
 *
 * @param component names the worker's command
 * @param planned the plan
 * @param secrets that are mounted
 * @param sources whose volumes are mounted
 * @param volumes and {@code mounts} besides
 * @param places more arguments that say where something is mounted
 */
record PeriodicJob(
    Component component,
    JobTemplate.Planned planned,
    SecretFiles secrets,
    SourceVolumes sources,
    List<Volume> volumes,
    List<VolumeMount> mounts,
    List<String> places) {
  private static final Duration STARTING_DEADLINE = Duration.ofHours(1);
  private static final int JOBS_KEPT = 3;

  /** One that needs its Secrets only. */
  PeriodicJob(Component component, JobTemplate.Planned planned, SecretFiles secrets) {
    this(
        component, planned, secrets, new SourceVolumes(List.of()), List.of(), List.of(), List.of());
  }

  /**
   * @param deadline how long one Job may take
   */
  CronJob cronJob(
      HasMetadata owner,
      CronSchedule schedule,
      boolean suspend,
      Duration deadline,
      WorkloadSettings settings) {
    WorkerPod.Parts parts =
        new WorkerPod.Parts(args(), planned.configMap(), secrets, sources, volumes, mounts);
    return JobTemplate.single(owner, planned, deadline, new WorkerPod(settings).of(parts, null))
        .cronJob(
            owner,
            new JobTemplate.Timing(
                schedule.cron(), schedule.timeZone(), STARTING_DEADLINE, suspend, JOBS_KEPT));
  }

  private List<String> args() {
    List<String> args = new ArrayList<>();
    args.add(component.label());
    args.add("--plan=" + WorkerPlaces.PLAN);
    args.add("--secrets=" + WorkerPlaces.SECRETS);
    args.addAll(places);
    args.add("--termination-log=" + WorkerPlaces.TERMINATION_LOG);
    return args;
  }
}
