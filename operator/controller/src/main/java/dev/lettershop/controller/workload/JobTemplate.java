package dev.lettershop.controller.workload;

import dev.lettershop.job.ExitCode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRuleBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Job as it is to be, whoever makes it.
 *
 * @param labels of the Job and its Pods
 * @param annotations of the Job and its Pods: which plan they follow
 */
record JobTemplate(Map<String, String> labels, Map<String, String> annotations, JobSpec spec) {
  private static final int RETRIES_OF_A_SHARD = 6;
  private static final int RETRIES = 3;

  /** Several Pods that each do their share. */
  static JobTemplate indexed(
      HasMetadata owner, Planned planned, int shards, Duration deadline, PodSpec pod) {
    return of(
        owner,
        planned,
        pod,
        common(deadline)
            .withCompletionMode("Indexed")
            .withCompletions(shards)
            .withParallelism(shards)
            .withBackoffLimitPerIndex(RETRIES_OF_A_SHARD)
            .withNewPodFailurePolicy()
            .withRules(
                disruptionsDoNotCount(),
                exit(ExitCode.CANCELLED, "Ignore"),
                exit(ExitCode.CONFIGURATION, "FailJob"),
                exit(ExitCode.FAILED_RECIPIENTS, "FailIndex"))
            .endPodFailurePolicy());
  }

  /** One Pod that does it all. */
  static JobTemplate single(HasMetadata owner, Planned planned, Duration deadline, PodSpec pod) {
    return of(
        owner,
        planned,
        pod,
        common(deadline)
            .withCompletionMode("NonIndexed")
            .withBackoffLimit(RETRIES)
            .withNewPodFailurePolicy()
            .withRules(
                disruptionsDoNotCount(),
                exit(ExitCode.CANCELLED, "Ignore"),
                exit(ExitCode.CONFIGURATION, "FailJob"))
            .endPodFailurePolicy());
  }

  /** Which plan a Job follows. */
  record Planned(String configMap, String hash) {}

  private static JobTemplate of(
      HasMetadata owner, Planned planned, PodSpec pod, JobSpecBuilder spec) {
    Map<String, String> labels = Labels.running(owner);
    SortedMap<String, String> annotations = new TreeMap<>();
    annotations.put(Labels.PLAN, planned.configMap());
    annotations.put(Labels.PLAN_HASH, planned.hash());
    return new JobTemplate(
        labels,
        annotations,
        spec.withNewTemplate()
            .withNewMetadata()
            .withLabels(labels)
            .withAnnotations(annotations)
            .endMetadata()
            .withSpec(pod)
            .endTemplate()
            .build());
  }

  private static JobSpecBuilder common(Duration deadline) {
    return new JobSpecBuilder()
        .withActiveDeadlineSeconds(deadline.toSeconds())
        .withPodReplacementPolicy("Failed");
  }

  private static PodFailurePolicyRule disruptionsDoNotCount() {
    return new PodFailurePolicyRuleBuilder()
        .withAction("Ignore")
        .addNewOnPodCondition()
        .withType("DisruptionTarget")
        .withStatus("True")
        .endOnPodCondition()
        .build();
  }

  private static PodFailurePolicyRule exit(int code, String action) {
    return new PodFailurePolicyRuleBuilder()
        .withAction(action)
        .withNewOnExitCodes()
        .withContainerName(WorkerPod.CONTAINER)
        .withOperator("In")
        .withValues(code)
        .endOnExitCodes()
        .build();
  }

  /** A Job of this kind, with its owner's name. */
  Job job(HasMetadata owner, boolean suspend) {
    return job(owner, owner.getMetadata().getName(), suspend);
  }

  /** A Job of this kind. */
  Job job(HasMetadata owner, String name, boolean suspend) {
    return new JobBuilder()
        .withMetadata(meta(owner, name).toBuilder().withAnnotations(annotations).build())
        .withSpec(spec.toBuilder().withSuspend(suspend).build())
        .build();
  }

  /** A CronJob that makes Jobs of this kind. */
  CronJob cronJob(HasMetadata owner, Timing timing) {
    return new CronJobBuilder()
        .withMetadata(meta(owner, Names.cronJob(owner)))
        .withNewSpec()
        .withSchedule(timing.cron())
        .withTimeZone(timing.timeZone() == null ? "Etc/UTC" : timing.timeZone())
        .withConcurrencyPolicy("Forbid")
        .withStartingDeadlineSeconds(timing.startingDeadline().toSeconds())
        .withSuspend(timing.suspend())
        .withSuccessfulJobsHistoryLimit(timing.keep())
        .withFailedJobsHistoryLimit(timing.keep())
        .withNewJobTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .withAnnotations(annotations)
        .endMetadata()
        .withSpec(spec)
        .endJobTemplate()
        .endSpec()
        .build();
  }

  /**
   * When a CronJob makes Jobs, and how many it keeps.
   *
   * @param timeZone or null for UTC
   */
  record Timing(
      String cron, String timeZone, Duration startingDeadline, boolean suspend, int keep) {}

  private ObjectMeta meta(HasMetadata owner, String name) {
    return new ObjectMetaBuilder()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(name)
        .withLabels(labels)
        .withOwnerReferences(Owner.controller(owner))
        .build();
  }
}
