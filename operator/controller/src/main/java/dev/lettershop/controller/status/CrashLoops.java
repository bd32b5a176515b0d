package dev.lettershop.controller.status;

import dev.lettershop.job.TerminationMessage;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds containers that end again and again, though they are to run for good. */
final class CrashLoops {
  static final String REASON = "CrashLoopBackOff";

  private CrashLoops() {}

  /** What is known of the first of them, by the name of its Pod. */
  static Optional<Obstacle> of(Collection<Pod> pods) {
    return pods.stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(pod -> pod.getStatus() != null)
        .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
        .flatMap(
            pod ->
                containers(pod).stream()
                    .filter(CrashLoops::waits)
                    .map(container -> obstacle(pod, container)))
        .findFirst();
  }

  private static List<ContainerStatus> containers(Pod pod) {
    List<ContainerStatus> containers = pod.getStatus().getContainerStatuses();
    return containers == null ? List.of() : containers;
  }

  private static boolean waits(ContainerStatus container) {
    ContainerState state = container.getState();
    return state != null
        && state.getWaiting() != null
        && REASON.equals(state.getWaiting().getReason());
  }

  /** The container's own words, when it left some: logs may hold anything, and are not shown. */
  private static Obstacle obstacle(Pod pod, ContainerStatus container) {
    ContainerStateTerminated last =
        container.getLastState() == null ? null : container.getLastState().getTerminated();
    String said =
        last == null
            ? null
            : TerminationMessage.parse(last.getMessage())
                .map(TerminationMessage::message)
                .filter(message -> !message.isBlank())
                .orElse(null);
    String how =
        last == null ? "" : " (" + last.getReason() + ", exit code " + last.getExitCode() + ")";
    return new Obstacle(
        REASON,
        said != null
            ? said
            : "Pod "
                + pod.getMetadata().getName()
                + " ends again and again"
                + how
                + "; see kubectl logs "
                + pod.getMetadata().getName()
                + " -c "
                + container.getName());
  }
}
