package dev.lettershop.kubesim.controllers;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnExitCodesRequirement;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.util.List;
import java.util.Optional;

/** Decides by a Job's {@code podFailurePolicy} what the failure of a Pod means. */
final class FailurePolicy {
  private FailurePolicy() {}

  /** What becomes of a failure. */
  enum Action {
    /** It counts towards the limit of retries. */
    Count,
    /** It does not count; the Pod is replaced. */
    Ignore,
    /** The index fails, whatever retries are left. */
    FailIndex,
    /** The Job fails. */
    FailJob
  }

  /**
   * @param message what matched, as Kubernetes words it; null when no rule did
   */
  record Verdict(Action action, String message) {}

  /** The first rule that matches decides. */
  static Verdict of(List<PodFailurePolicyRule> rules, Pod pod) {
    for (int i = 0; i < rules.size(); i++) {
      PodFailurePolicyRule rule = rules.get(i);
      Optional<String> match = match(rule, pod);
      if (match.isPresent()) {
        String message = match.get() + " matching " + rule.getAction() + " rule at index " + i;
        return new Verdict(Action.valueOf(rule.getAction()), message);
      }
    }
    return new Verdict(Action.Count, null);
  }

  private static Optional<String> match(PodFailurePolicyRule rule, Pod pod) {
    String name = pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    if (rule.getOnExitCodes() != null) {
      return pod.getStatus().getContainerStatuses().stream()
          .filter(container -> matches(rule.getOnExitCodes(), container))
          .findFirst()
          .map(
              container ->
                  "Container %s for pod %s failed with exit code %d"
                      .formatted(
                          container.getName(),
                          name,
                          container.getState().getTerminated().getExitCode()));
    }
    return pod.getStatus().getConditions().stream()
        .filter(
            condition ->
                rule.getOnPodConditions().stream()
                    .anyMatch(
                        pattern ->
                            pattern.getType().equals(condition.getType())
                                && (pattern.getStatus() == null ? "True" : pattern.getStatus())
                                    .equals(condition.getStatus())))
        .findFirst()
        .map(condition -> "Pod " + name + " has condition " + condition.getType());
  }

  private static boolean matches(
      PodFailurePolicyOnExitCodesRequirement wanted, ContainerStatus container) {
    ContainerStateTerminated end =
        container.getState() == null ? null : container.getState().getTerminated();
    if (end == null || end.getExitCode() == 0) {
      return false;
    }
    boolean named =
        wanted.getContainerName() == null || wanted.getContainerName().equals(container.getName());
    boolean in = wanted.getValues().contains(end.getExitCode());
    return named && in == wanted.getOperator().equals("In");
  }
}
