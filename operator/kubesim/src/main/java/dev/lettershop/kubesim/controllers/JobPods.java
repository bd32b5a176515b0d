package dev.lettershop.kubesim.controllers;

import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.random.RandomGenerator;

/** Makes the Pods of a Job. */
final class JobPods {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int RANDOM = 5;
  private static final int LONGEST_BASE = 63 - RANDOM;

  private JobPods() {}

  /**
   * @param index or {@link JobPod#NO_INDEX}
   * @param failures how often the index failed before
   */
  static Pod pod(Job job, int index, int failures, RandomGenerator random) {
    PodTemplateSpec template = job.getSpec().getTemplate();
    String jobName = job.getMetadata().getName();
    ObjectMetaBuilder metadata = new ObjectMetaBuilder();
    if (template.getMetadata() != null) {
      metadata
          .withLabels(template.getMetadata().getLabels())
          .withAnnotations(template.getMetadata().getAnnotations());
    }
    metadata
        .withName(base(jobName, index) + random(random))
        .withNamespace(job.getMetadata().getNamespace())
        .addToFinalizers(JobPod.FINALIZER)
        .addNewOwnerReference()
        .withApiVersion("batch/v1")
        .withKind("Job")
        .withName(jobName)
        .withUid(job.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference();
    PodBuilder pod = new PodBuilder().withSpec(template.getSpec());
    if (index >= 0) {
      metadata.addToLabels(JobPod.INDEX, "" + index).addToAnnotations(JobPod.INDEX, "" + index);
      if (job.getSpec().getBackoffLimitPerIndex() != null) {
        metadata.addToAnnotations("batch.kubernetes.io/job-index-failure-count", "" + failures);
      }
      pod.editSpec().withHostname(jobName + "-" + index).endSpec();
    }
    Pod made = pod.withMetadata(metadata.build()).build();
    if (index >= 0) {
      made.getSpec()
          .getContainers()
          .forEach(
              container ->
                  container
                      .getEnv()
                      .add(
                          new EnvVarBuilder()
                              .withName("JOB_COMPLETION_INDEX")
                              .withNewValueFrom()
                              .withNewFieldRef()
                              .withFieldPath("metadata.labels['" + JobPod.INDEX + "']")
                              .endFieldRef()
                              .endValueFrom()
                              .build()));
    }
    return made;
  }

  private static String base(String job, int index) {
    String tail = index < 0 ? "-" : "-" + index + "-";
    int most = LONGEST_BASE - tail.length();
    return (job.length() > most ? job.substring(0, most) : job) + tail;
  }

  private static String random(RandomGenerator random) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < RANDOM; i++) {
      letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return letters.toString();
  }
}
