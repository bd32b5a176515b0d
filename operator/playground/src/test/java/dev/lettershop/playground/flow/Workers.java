package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import dev.lettershop.job.RunName;
import dev.lettershop.job.TerminationMessage;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Plays the nodes and the workers of a namespace: nothing happens to a Pod but by a test. */
final class Workers {
  private static final String INDEX = "batch.kubernetes.io/job-completion-index";

  private final Namespace namespace;
  private final KubernetesClient client;

  Workers(Namespace namespace) {
    this.namespace = namespace;
    this.client = namespace.client();
  }

  /** The Pod of a shard that nobody runs yet; waits for it. */
  Pod pending(String job, int shard) {
    eventually(() -> assertThat(of(job, shard)).as("Pods of " + job + " to run").isNotEmpty());
    return of(job, shard).get(0);
  }

  private List<Pod> of(String job, int shard) {
    return ofAll(job, shard, false);
  }

  private List<Pod> ofAll(String job, int shard, boolean deleted) {
    return client
        .pods()
        .inNamespace(namespace.name())
        .withLabel("batch.kubernetes.io/job-name", job)
        .list()
        .getItems()
        .stream()
        .filter(pod -> deleted == (pod.getMetadata().getDeletionTimestamp() != null))
        .filter(pod -> ("" + shard).equals(pod.getMetadata().getLabels().getOrDefault(INDEX, "0")))
        .filter(pod -> List.of("Pending", "Running").contains(phase(pod)))
        .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
        .toList();
  }

  private static String phase(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getPhase() == null
        ? "Pending"
        : pod.getStatus().getPhase();
  }

  /** The worker of a shard runs. */
  void start(String job, int shard) {
    set(
        pending(job, shard),
        "Running",
        new ContainerStateBuilder().withNewRunning().endRunning().build());
  }

  /** A node has the Pod, and its container waits. */
  void stuck(String job, int shard, String reason, String message) {
    set(
        pending(job, shard),
        "Pending",
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason(reason)
            .withMessage(message)
            .endWaiting()
            .build());
  }

  /** The worker of a shard ends, and leaves a message or none. */
  void end(String job, int shard, int exitCode, TerminationMessage message) {
    set(pending(job, shard), exitCode == 0 ? "Succeeded" : "Failed", terminated(exitCode, message));
  }

  private static ContainerState terminated(int exitCode, TerminationMessage message) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(exitCode)
        .withReason(exitCode == 0 ? "Completed" : "Error")
        .withMessage(message == null ? null : message.format())
        .withFinishedAt(now())
        .endTerminated()
        .build();
  }

  /** Waits until the worker of a shard is to end before it is done, and ends it. */
  void stop(String job, int shard) {
    eventually(() -> assertThat(ofAll(job, shard, true)).as("Pods that are to end").isNotEmpty());
    Pod pod = ofAll(job, shard, true).get(0);
    set(pod, "Failed", terminated(4, message("Cancelled", "Asked to end", null)));
    client.resource(pod).withGracePeriod(0).delete();
  }

  /** Waits until the Job has counted so many failures of a shard, or is over. */
  void awaitEnded(String job, int failures) {
    eventually(
        () -> {
          var status = namespace.job(job).getStatus();
          assertThat(status.getFailed() == null ? 0 : status.getFailed())
              .isGreaterThanOrEqualTo(failures);
        });
  }

  /** All shards of a run send to so many each, and end. */
  void send(String run, int shards, long each) {
    for (int shard = 0; shard < shards; shard++) {
      start(run, shard);
      ShardStatus figures = figures(ShardActivity.Finished, each, each, 0);
      report(run, shard, figures);
      end(run, shard, 0, message("Succeeded", null, figures));
    }
  }

  /** Patches the status of a run as a worker does. */
  void report(String run, int shard, ShardStatus figures) {
    client
        .resources(CampaignRun.class)
        .inNamespace(namespace.name())
        .withName(RunName.of(run))
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(Map.of("status", Map.of("shards", Map.of("" + shard, figures)))));
  }

  static ShardStatus figures(ShardActivity activity, long selected, long sent, long failed) {
    return new ShardStatus(
        activity, selected, Map.of("noConsent", 1L), sent, failed, 0L, 0L, Map.of(), now());
  }

  static TerminationMessage message(String reason, String text, ShardStatus figures) {
    return new TerminationMessage(reason, text, null, figures, null, null, now());
  }

  private void set(Pod pod, String phase, ContainerState state) {
    PodStatus status =
        new PodStatusBuilder()
            .withPhase(phase)
            .withStartTime(now())
            .addNewContainerStatus()
            .withName("worker")
            .withImage(Reconciling.IMAGE)
            .withReady(phase.equals("Running"))
            .withState(state)
            .endContainerStatus()
            .build();
    client
        .pods()
        .inNamespace(namespace.name())
        .withName(pod.getMetadata().getName())
        .editStatus(
            current -> {
              current.setStatus(status);
              return current;
            });
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
