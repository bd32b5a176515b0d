package dev.lettershop.kubesim.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What a kubelet writes into the status of a Pod with one container. Pure functions. */
final class PodStatuses {
  private PodStatuses() {}

  /**
   * It waits.
   *
   * @param message null when the reason says it all
   */
  static PodStatus waiting(Pod pod, String reason, String message, Instant now) {
    ContainerState state = new ContainerStateBuilder().withNewWaiting(message, reason).build();
    return status(pod, "Pending", state, false, now);
  }

  /** No node takes it. */
  static PodStatus unschedulable(Pod pod, String message, Instant now) {
    PodStatusBuilder status = new PodStatusBuilder(pod.getStatus()).withPhase("Pending");
    return status
        .withConditions(
            conditions(
                pod, List.of(condition("PodScheduled", false, "Unschedulable", message)), now))
        .build();
  }

  static PodStatus running(Pod pod, Instant started) {
    return running(pod, started, true);
  }

  /**
   * @param ready whether it may be asked
   */
  static PodStatus running(Pod pod, Instant started, boolean ready) {
    ContainerState state = new ContainerStateBuilder().withNewRunning(text(started)).build();
    return status(pod, "Running", state, ready, started);
  }

  /**
   * @param message what the container left behind, or null
   */
  static PodStatus ended(Pod pod, int exitCode, String message, Instant started, Instant finished) {
    ContainerState state =
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(exitCode)
            .withReason(exitCode == 0 ? "Completed" : "Error")
            .withMessage(message)
            .withStartedAt(text(started))
            .withFinishedAt(text(finished))
            .endTerminated()
            .build();
    return status(pod, exitCode == 0 ? "Succeeded" : "Failed", state, false, finished);
  }

  /** It was deleted before it began. */
  static PodStatus neverBegan(Pod pod) {
    return new PodStatusBuilder(pod.getStatus()).withPhase("Failed").build();
  }

  private static PodStatus status(
      Pod pod, String phase, ContainerState state, boolean ready, Instant now) {
    Container container = pod.getSpec().getContainers().get(0);
    boolean ended = state.getTerminated() != null;
    String why = ready ? null : phase.equals("Succeeded") ? "PodCompleted" : "ContainersNotReady";
    List<PodCondition> wanted =
        List.of(
            condition("PodScheduled", true, null, null),
            condition("Initialized", true, ended ? "PodCompleted" : null, null),
            condition("ContainersReady", ready, why, null),
            condition("Ready", ready, why, null));
    PodStatus before = pod.getStatus();
    return new PodStatusBuilder(before)
        .withPhase(phase)
        .withStartTime(before.getStartTime() == null ? text(now) : before.getStartTime())
        .withConditions(conditions(pod, wanted, now))
        .withContainerStatuses(
            new ContainerStatusBuilder()
                .withName(container.getName())
                .withImage(container.getImage())
                .withImageID("")
                .withReady(ready)
                .withStarted(ready)
                .withRestartCount(0)
                .withState(state)
                .build())
        .build();
  }

  /** Keeps the time of those that stay as they are, and all others that the Pod has. */
  private static List<PodCondition> conditions(Pod pod, List<PodCondition> wanted, Instant now) {
    List<PodCondition> conditions = new ArrayList<>();
    for (PodCondition old : pod.getStatus().getConditions()) {
      if (wanted.stream().noneMatch(one -> one.getType().equals(old.getType()))) {
        conditions.add(old);
      }
    }
    for (PodCondition one : wanted) {
      String since =
          pod.getStatus().getConditions().stream()
              .filter(old -> old.getType().equals(one.getType()))
              .filter(old -> old.getStatus().equals(one.getStatus()))
              .map(PodCondition::getLastTransitionTime)
              .findFirst()
              .orElse(text(now));
      conditions.add(new PodConditionBuilder(one).withLastTransitionTime(since).build());
    }
    return conditions;
  }

  private static PodCondition condition(String type, boolean holds, String reason, String message) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(holds ? "True" : "False")
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
