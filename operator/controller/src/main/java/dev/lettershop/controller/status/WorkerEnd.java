package dev.lettershop.controller.status;

import dev.lettershop.job.ExitCode;
import dev.lettershop.job.TerminationMessage;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How one worker ended, as its Pod shows it.
 *
 * @param shard number of the worker's shard; "0" in a Job without indexes
 * @param exitCode of the process
 * @param killed what the cluster says of a process that did not end by itself, such as {@code
 *     OOMKilled}; else null
 * @param message what the worker left behind, or null
 * @param time when (RFC 3339), or null
 */
record WorkerEnd(
    String shard, int exitCode, String killed, TerminationMessage message, String time) {
  private static final String INDEX = "batch.kubernetes.io/job-completion-index";

  /** Reasons of {@link TerminationMessage}, and those that stand in for them when there is none. */
  static final String SUCCEEDED = "Succeeded";

  static final String DRY_RUN = "DryRun";
  static final String ALREADY_COMPLETED = "AlreadyCompleted";
  static final String PARTIALLY_SENT = "PartiallySent";
  static final String TOO_MANY_RECIPIENTS = "TooManyRecipients";
  static final String CONFIGURATION_ERROR = "ConfigurationError";
  static final String RETRY = "Retry";
  static final String CANCELLED = "Cancelled";

  /** The oldest first; Pods that have not ended are left out. */
  static List<WorkerEnd> of(Collection<Pod> pods) {
    return pods.stream()
        .map(WorkerEnd::of)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(end -> Moments.of(end.time())))
        .toList();
  }

  /** The last end of each shard, by shard; takes what {@link #of(Collection)} gives. */
  static Map<String, WorkerEnd> lastOfEach(List<WorkerEnd> ends) {
    BinaryOperator<WorkerEnd> later = (former, latter) -> latter;
    return ends.stream().collect(Collectors.toMap(WorkerEnd::shard, Function.identity(), later));
  }

  /** One word in CamelCase: the worker's own, or what its exit code means. */
  String reason() {
    if (message != null && message.reason() != null) {
      return message.reason();
    }
    return switch (exitCode) {
      case ExitCode.DONE -> SUCCEEDED;
      case ExitCode.CONFIGURATION -> CONFIGURATION_ERROR;
      case ExitCode.FAILED_RECIPIENTS -> PARTIALLY_SENT;
      case ExitCode.CANCELLED -> CANCELLED;
      default -> RETRY;
    };
  }

  /** One sentence for people, never empty. */
  String sentence() {
    if (message != null && message.message() != null && !message.message().isBlank()) {
      return message.message();
    }
    if ("OOMKilled".equals(killed)) {
      return "The worker was killed: it needed more memory than its Pod may have";
    }
    return killed == null
        ? "The worker ended with exit code " + exitCode + " and left no message"
        : "The worker was ended by the cluster (" + killed + ")";
  }

  private static Optional<WorkerEnd> of(Pod pod) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    return terminated(pod)
        .map(end -> of(pod, end))
        .or(() -> "Failed".equals(pod.getStatus().getPhase()) ? evicted(pod) : Optional.empty());
  }

  private static Optional<ContainerStateTerminated> terminated(Pod pod) {
    List<ContainerStatus> containers = pod.getStatus().getContainerStatuses();
    return containers == null
        ? Optional.empty()
        : containers.stream()
            .map(ContainerStatus::getState)
            .filter(state -> state != null && state.getTerminated() != null)
            .map(ContainerState::getTerminated)
            .findFirst();
  }

  private static WorkerEnd of(Pod pod, ContainerStateTerminated end) {
    TerminationMessage message = TerminationMessage.parse(end.getMessage()).orElse(null);
    boolean byItself =
        end.getReason() == null
            || "Completed".equals(end.getReason())
            || "Error".equals(end.getReason());
    String time = message != null && message.time() != null ? message.time() : end.getFinishedAt();
    return new WorkerEnd(
        shard(pod),
        end.getExitCode() == null ? ExitCode.RETRY : end.getExitCode(),
        byItself ? null : end.getReason(),
        message,
        time);
  }

  /** A Pod can fail before its container began. */
  private static Optional<WorkerEnd> evicted(Pod pod) {
    String reason = pod.getStatus().getReason();
    return Optional.of(
        new WorkerEnd(
            shard(pod),
            ExitCode.RETRY,
            reason == null ? "PodFailed" : reason,
            null,
            pod.getMetadata().getCreationTimestamp()));
  }

  private static String shard(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    if (labels != null && labels.containsKey(INDEX)) {
      return labels.get(INDEX);
    }
    return annotations == null ? "0" : annotations.getOrDefault(INDEX, "0");
  }
}
