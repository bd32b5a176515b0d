package dev.lettershop.controller.status;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds out why a Job's Pods do not start. What a Pod says of itself comes first; that a volume
 * cannot be mounted or a Pod cannot be made is told by Events alone.
 */
public final class Obstacles {
  private static final String UNSCHEDULABLE = "Unschedulable";
  private static final String FAILED_CREATE = "FailedCreate";

  private static final Set<String> OF_CONTAINERS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  private static final Set<String> OF_VOLUMES = Set.of("FailedMount", "FailedAttachVolume");

  /** Every reason that an {@link Obstacle} can have. */
  public static final Set<String> REASONS =
      Stream.of(OF_CONTAINERS, OF_VOLUMES, Set.of(UNSCHEDULABLE, FAILED_CREATE, CrashLoops.REASON))
          .flatMap(Set::stream)
          .collect(java.util.stream.Collectors.toUnmodifiableSet());

  /** A Pod that starts is left alone for so long: most volumes are there at the second try. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Kubelets and the Job controller try again at least that often; an older Event is history. */
  private static final Duration FRESH = Duration.ofMinutes(15);

  private static final int MAX_MESSAGE = 1_000;

  private Obstacles() {}

  /**
   * The uid of the one object (a Pod, or the Job) whose Events {@link #find} needs to tell what is
   * wrong; empty when it can tell without. To be listed by the field selector {@code
   * involvedObject.uid}, and again every ten seconds or so while {@link #isStarting}: nothing else
   * announces that an Event came.
   */
  public static Optional<String> needsEvents(Job job, Collection<Pod> pods, Instant now) {
    if (!isStarting(job, pods) || ofPods(pods).isPresent()) {
      return Optional.empty();
    }
    Optional<String> stuck = stuck(pods, now);
    if (stuck.isPresent()) {
      return stuck;
    }
    boolean podless = pods.isEmpty() && isOlder(job.getStatus().getStartTime(), now);
    return podless ? Optional.of(job.getMetadata().getUid()) : Optional.empty();
  }

  /** The same for Pods that are to run for good, of which some may run already. */
  public static Optional<String> needsEvents(Collection<Pod> pods, Instant now) {
    return ofPods(pods).isPresent() ? Optional.empty() : stuck(pods, now);
  }

  private static Optional<String> stuck(Collection<Pod> pods, Instant now) {
    return pods.stream()
        .filter(Obstacles::isPending)
        .filter(pod -> isOlder(pod.getMetadata().getCreationTimestamp(), now))
        .min(Comparator.comparing(pod -> pod.getMetadata().getName()))
        .map(pod -> pod.getMetadata().getUid());
  }

  /**
   * Whether the Job should have Pods that run and has none: worth another look soon, because not
   * everything that can be in the way is announced by a change of the Job or of a Pod.
   *
   * @param job null when there is none
   */
  public static boolean isStarting(Job job, Collection<Pod> pods) {
    return job != null
        && job.getStatus() != null
        && job.getStatus().getStartTime() != null
        && JobEnd.of(job).isEmpty()
        && !(job.getSpec() != null && Boolean.TRUE.equals(job.getSpec().getSuspend()))
        && pods.stream().noneMatch(Obstacles::runs)
        && (pods.isEmpty() || pods.stream().anyMatch(Obstacles::isPending));
  }

  /**
   * @param job null when there is none
   * @param events of the object that {@link #needsEvents} names; others are ignored
   * @return empty when nothing is in the way, or a Pod runs
   */
  public static Optional<Obstacle> find(
      Job job, Collection<Pod> pods, Collection<Event> events, Instant now) {
    if (job == null || JobEnd.of(job).isPresent() || pods.stream().anyMatch(Obstacles::runs)) {
      return Optional.empty();
    }
    return ofPods(pods)
        .or(() -> needsEvents(job, pods, now).flatMap(uid -> ofEvents(uid, events, now)));
  }

  /**
   * The same for Pods that are to run for good.
   *
   * @param events of the Pod that {@link #needsEvents(Collection, Instant)} names
   * @return empty when no Pod is kept from starting, or from staying
   */
  public static Optional<Obstacle> find(
      Collection<Pod> pods, Collection<Event> events, Instant now) {
    return ofPods(pods)
        .or(() -> needsEvents(pods, now).flatMap(uid -> ofEvents(uid, events, now)))
        .or(() -> CrashLoops.of(pods));
  }

  private static Optional<Obstacle> ofPods(Collection<Pod> pods) {
    List<Pod> pending =
        pods.stream()
            .filter(Obstacles::isPending)
            .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
            .toList();
    return pending.stream()
        .flatMap(Obstacles::ofContainers)
        .findFirst()
        .or(() -> pending.stream().flatMap(Obstacles::ofScheduler).findFirst());
  }

  private static Stream<Obstacle> ofContainers(Pod pod) {
    return Stream.of(
            pod.getStatus().getInitContainerStatuses(), pod.getStatus().getContainerStatuses())
        .filter(list -> list != null)
        .flatMap(List::stream)
        .map(ContainerStatus::getState)
        .filter(state -> state != null && state.getWaiting() != null)
        .map(ContainerState::getWaiting)
        .filter(waiting -> OF_CONTAINERS.contains(orEmpty(waiting.getReason())))
        .map(Obstacles::ofWaiting);
  }

  private static Obstacle ofWaiting(ContainerStateWaiting waiting) {
    return obstacle(waiting.getReason(), waiting.getMessage());
  }

  private static Stream<Obstacle> ofScheduler(Pod pod) {
    List<PodCondition> conditions = pod.getStatus().getConditions();
    return (conditions == null ? Stream.<PodCondition>empty() : conditions.stream())
        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
        .filter(c -> UNSCHEDULABLE.equals(c.getReason()))
        .map(c -> obstacle(UNSCHEDULABLE, c.getMessage()));
  }

  private static Optional<Obstacle> ofEvents(String uid, Collection<Event> events, Instant now) {
    return events.stream()
        .filter(event -> event.getInvolvedObject() != null)
        .filter(event -> uid.equals(event.getInvolvedObject().getUid()))
        .filter(
            event ->
                OF_VOLUMES.contains(orEmpty(event.getReason()))
                    || FAILED_CREATE.equals(event.getReason()))
        .filter(event -> lastSeen(event).isAfter(now.minus(FRESH)))
        .max(Comparator.comparing(Obstacles::lastSeen))
        .map(event -> obstacle(event.getReason(), event.getMessage()));
  }

  /** Old writers count, newer ones keep a series, the newest events have only begun. */
  private static Instant lastSeen(Event event) {
    Instant series =
        event.getSeries() == null || event.getSeries().getLastObservedTime() == null
            ? Instant.MIN
            : Moments.of(event.getSeries().getLastObservedTime().getTime());
    Instant begun =
        event.getEventTime() == null ? Instant.MIN : Moments.of(event.getEventTime().getTime());
    return Stream.of(series, begun, Moments.of(event.getLastTimestamp()))
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  private static Obstacle obstacle(String reason, String message) {
    String text = orEmpty(message).strip();
    if (text.isEmpty()) {
      text = "The Pods do not start";
    }
    return new Obstacle(
        reason, text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE - 1) + "…");
  }

  private static boolean isPending(Pod pod) {
    return pod.getStatus() != null
        && "Pending".equals(pod.getStatus().getPhase())
        && pod.getMetadata().getDeletionTimestamp() == null;
  }

  private static boolean runs(Pod pod) {
    return pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
  }

  private static boolean isOlder(String time, Instant now) {
    return time != null && !Moments.of(time).plus(PATIENCE).isAfter(now);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
