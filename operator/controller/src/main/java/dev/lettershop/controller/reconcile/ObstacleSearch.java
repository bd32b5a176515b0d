package dev.lettershop.controller.reconcile;

import dev.lettershop.controller.status.Obstacle;
import dev.lettershop.controller.status.Obstacles;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Looks for what keeps a Job's Pods from starting; asks for Events only when they can tell more.
 */
public final class ObstacleSearch {
  /** Nothing announces that an Event came. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final KubernetesClient client;

  public ObstacleSearch(KubernetesClient client) {
    this.client = client;
  }

  /**
   * What was found.
   *
   * @param obstacle null when nothing is in the way, as far as one can see
   * @param again when to look again, or null when a change will be announced
   */
  public record Found(Obstacle obstacle, Duration again) {
    public static final Found NOTHING = new Found(null, null);
  }

  /**
   * @param job null when there is none
   */
  public Found search(Job job, Collection<Pod> pods, Instant now) {
    if (job == null) {
      return Found.NOTHING;
    }
    List<Event> events =
        events(job.getMetadata().getNamespace(), Obstacles.needsEvents(job, pods, now));
    return new Found(
        Obstacles.find(job, pods, events, now).orElse(null),
        Obstacles.isStarting(job, pods) ? AGAIN : null);
  }

  /** The same for Pods that are to run for good, in one namespace. */
  public Found search(String namespace, Collection<Pod> pods, Instant now) {
    List<Event> events = events(namespace, Obstacles.needsEvents(pods, now));
    boolean starting = pods.stream().anyMatch(ObstacleSearch::isPending);
    return new Found(Obstacles.find(pods, events, now).orElse(null), starting ? AGAIN : null);
  }

  private static boolean isPending(Pod pod) {
    return pod.getStatus() != null && "Pending".equals(pod.getStatus().getPhase());
  }

  private List<Event> events(String namespace, Optional<String> uid) {
    return uid.map(
            of ->
                client
                    .v1()
                    .events()
                    .inNamespace(namespace)
                    .withField("involvedObject.uid", of)
                    .list()
                    .getItems())
        .orElse(List.of());
  }
}
