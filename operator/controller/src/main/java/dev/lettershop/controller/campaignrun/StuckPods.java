package dev.lettershop.controller.campaignrun;

import dev.lettershop.controller.status.Moments;
import dev.lettershop.controller.status.Obstacle;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pods of a run that do not start while no other of its Pods runs: a run must not wait for them for
 * ever, nor for the whole day that a Job may take. Pure.
 */
final class StuckPods {
  private StuckPods() {}

  /**
   * Since when nothing has happened but that Pods do not start: since the Job began, or its last
   * worker ended.
   *
   * @param obstacle why Pods do not start while none runs; null when there is no reason
   */
  static Optional<Instant> since(Job job, Collection<Pod> pods, Obstacle obstacle) {
    if (obstacle == null || job.getStatus() == null || job.getStatus().getStartTime() == null) {
      return Optional.empty();
    }
    return Stream.concat(
            Stream.of(job.getStatus().getStartTime()),
            pods.stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .map(container -> container.getState().getTerminated())
                .filter(Objects::nonNull)
                .map(ContainerStateTerminated::getFinishedAt))
        .filter(Objects::nonNull)
        .map(Moments::of)
        .max(Comparator.naturalOrder());
  }

  /**
   * @param begun whether other workers of the run have reported
   */
  static String reason(boolean begun) {
    return begun ? "PodsNotStarted" : "StartingDeadlineExceeded";
  }

  static String message(Obstacle obstacle, boolean begun) {
    String why = obstacle.reason() + ": " + obstacle.message().replaceFirst("[.]$", "");
    return begun
        ? "Some of its Pods could not start within the campaign's startingDeadline; those whom they"
            + " were to mail are left: make a run with resume. "
            + why
        : "Its Pods could not start within the campaign's startingDeadline. " + why;
  }
}
