package dev.lettershop.controller.status;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Finds out why a Job's Pods do not start. */
public final class Obstacles {
  /** Every reason that an {@link Obstacle} can have. */
  public static final Set<String> REASONS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "FailedMount",
          "FailedAttachVolume",
          "Unschedulable",
          "FailedCreate");

  private Obstacles() {}

  /**
   * The uid of the one object (a Pod, or the Job) whose Events {@link #find} needs to tell what is
   * wrong; empty when it can tell without. To be listed by the field selector {@code
   * involvedObject.uid}, and again every ten seconds or so while this is not empty: nothing else
   * announces that an Event came.
   */
  public static Optional<String> needsEvents(Job job, Collection<Pod> pods, Instant now) {
    return Optional.empty();
  }

  /**
   * @param job null when there is none
   * @param events of the object that {@link #needsEvents} names; others are ignored
   * @return empty when nothing is in the way, or a Pod runs
   */
  public static Optional<Obstacle> find(
      Job job, Collection<Pod> pods, Collection<Event> events, Instant now) {
    return Optional.empty();
  }
}
