package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.collector.CollectorPodStatus;
import dev.lettershop.api.v1alpha1.collector.CollectorStatus;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What is known of a collector, from its Deployment, its Pods, and what these say themselves. */
public final class CollectorStatusView {
  /** A Pod may have said something before a cache shows it. */
  private static final Duration UNSEEN = Duration.ofMinutes(2);

  private CollectorStatusView() {}

  /**
   * How far a Deployment is.
   *
   * @param wished number of Pods that there should be
   * @param ready number of Pods that answer
   * @param updated number of Pods that have the newest plan
   * @param complete whether all of them have the newest plan, and no others are left
   */
  public record Rollout(int wished, int ready, int updated, boolean complete) {
    /**
     * @param deployment null when there is none yet
     */
    public static Rollout of(Deployment deployment) {
      if (deployment == null) {
        return new Rollout(0, 0, 0, false);
      }
      DeploymentSpec spec = deployment.getSpec();
      DeploymentStatus status =
          deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
      int wished = spec.getReplicas() == null ? 1 : spec.getReplicas();
      boolean seen =
          number(status.getObservedGeneration())
              >= number(deployment.getMetadata().getGeneration());
      return new Rollout(
          wished,
          number(status.getReadyReplicas()),
          seen ? number(status.getUpdatedReplicas()) : 0,
          seen
              && number(status.getUpdatedReplicas()) >= wished
              && number(status.getAvailableReplicas()) >= wished
              && number(status.getReplicas()) <= wished);
    }

    private static int number(Number count) {
      return count == null ? 0 : count.intValue();
    }

    /** For people. */
    public String sentence() {
      return ready
          + " of "
          + wished
          + " Pods answer"
          + (complete ? "" : ", " + updated + " of " + wished + " have the newest plan");
    }
  }

  /**
   * Adds how far the Deployment is to what was judged of the spec.
   *
   * @param judged of a sound spec
   * @param obstacle why Pods do not start or stay, or null
   */
  public static Conditions serving(Conditions judged, Rollout rollout, Obstacle obstacle) {
    if (rollout.complete()) {
      return judged;
    }
    ConditionStatus ready = rollout.ready() > 0 ? ConditionStatus.True : ConditionStatus.False;
    return obstacle == null
        ? judged.reconciling(ready, "RollingOut", rollout.sentence())
        : judged.reconciling(
            ready, obstacle.reason(), rollout.sentence() + ": " + obstacle.message());
  }

  /**
   * @param judged conditions with {@code Ready} settled
   * @param pods names of the Pods that there are
   */
  public static CollectorStatus compute(
      Collector collector, Conditions judged, Rollout rollout, Set<String> pods) {
    CollectorStatus present = collector.getStatus();
    SortedMap<String, CollectorPodStatus> told = new TreeMap<>();
    if (present != null) {
      present
          .pods()
          .forEach(
              (name, status) -> {
                if (pods.contains(name) || isFresh(status, judged.now())) {
                  told.put(name, status);
                }
              });
    }
    return new CollectorStatus(
        judged.generation(),
        judged.list(),
        "https://" + collector.getSpec().host(),
        rollout.wished(),
        rollout.ready(),
        sum(told.values(), CollectorPodStatus::accepted),
        sum(told.values(), CollectorPodStatus::refused),
        told.values().stream()
            .map(CollectorPodStatus::lagSeconds)
            .filter(Objects::nonNull)
            .max(Long::compare)
            .orElse(null),
        told);
  }

  private static boolean isFresh(CollectorPodStatus status, Instant now) {
    return status.time() != null && Moments.of(status.time()).plus(UNSEEN).isAfter(now);
  }

  private static Long sum(
      Collection<CollectorPodStatus> told, Function<CollectorPodStatus, Long> count) {
    return told.isEmpty()
        ? null
        : told.stream().map(count).filter(Objects::nonNull).mapToLong(Long::longValue).sum();
  }
}
