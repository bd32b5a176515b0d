package dev.lettershop.controller.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObstaclesTest {
  private static final String START = "2026-11-01T09:00:00Z";
  private static final Instant NOW = Instant.parse("2026-11-01T09:01:00Z");

  private final Job job =
      new JobBuilder()
          .withNewMetadata()
          .withName("spring-1")
          .withUid("job-uid")
          .endMetadata()
          .withNewStatus()
          .withStartTime(START)
          .endStatus()
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ErrImagePull",
        "ImagePullBackOff",
        "InvalidImageName",
        "CreateContainerConfigError",
        "CreateContainerError"
      })
  void a_container_says_itself_why_it_does_not_start(String reason) {
    Pod pod = waiting("a", reason, "it is so");

    assertThat(Obstacles.needsEvents(job, List.of(pod), NOW)).isEmpty();
    assertThat(Obstacles.find(job, List.of(pod), List.of(), NOW))
        .contains(new Obstacle(reason, "it is so"));
    assertThat(Obstacles.REASONS).contains(reason);
  }

  @Test
  void a_pod_that_fits_nowhere_says_so() {
    Pod pod =
        new PodBuilder(pending("a"))
            .editStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage("0/3 nodes are available")
            .endCondition()
            .endStatus()
            .build();

    assertThat(Obstacles.find(job, List.of(pod), List.of(), NOW))
        .contains(new Obstacle("Unschedulable", "0/3 nodes are available"));
  }

  @Test
  void a_missing_secret_is_told_by_events_of_the_pod() {
    Pod pod = waiting("a", "ContainerCreating", null);
    Event event = event("pod-a", "FailedMount", "secret \"ses\" not found", "09:00:40");

    assertThat(Obstacles.needsEvents(job, List.of(pod), NOW)).contains("pod-a");
    assertThat(Obstacles.find(job, List.of(pod), List.of(event), NOW))
        .contains(new Obstacle("FailedMount", "secret \"ses\" not found"));
  }

  @Test
  void the_newest_event_counts_and_others_do_not() {
    List<Event> events =
        List.of(
            event("pod-a", "FailedMount", "secret \"ses\" not found", "09:00:20"),
            event(
                "pod-a", "FailedMount", "references non-existent secret key: password", "09:00:50"),
            event("pod-a", "Scheduled", "Successfully assigned", "09:00:55"),
            event("pod-b", "FailedMount", "of another Pod", "09:00:56"));

    assertThat(Obstacles.find(job, List.of(pending("a")), events, NOW))
        .contains(new Obstacle("FailedMount", "references non-existent secret key: password"));
  }

  @Test
  void an_event_of_the_new_style_counts_by_its_series() {
    Event series =
        new EventBuilder(event("pod-a", "FailedMount", "still missing", "09:00:10"))
            .withLastTimestamp(null)
            .withNewEventTime("2026-11-01T08:00:00.000000Z")
            .withNewSeries()
            .withNewLastObservedTime("2026-11-01T09:00:50.000000Z")
            .endSeries()
            .build();

    assertThat(Obstacles.find(job, List.of(pending("a")), List.of(series), NOW))
        .contains(new Obstacle("FailedMount", "still missing"));
  }

  @Test
  void an_event_of_long_ago_is_history() {
    Event old = event("pod-a", "FailedMount", "secret \"ses\" not found", "08:30:00");

    assertThat(Obstacles.find(job, List.of(pending("a")), List.of(old), NOW)).isEmpty();
  }

  @Test
  void a_job_that_cannot_make_pods_is_told_by_its_own_events() {
    Event event = event("job-uid", "FailedCreate", "exceeded quota: small", "09:00:40");

    assertThat(Obstacles.needsEvents(job, List.of(), NOW)).contains("job-uid");
    assertThat(Obstacles.find(job, List.of(), List.of(event), NOW))
        .contains(new Obstacle("FailedCreate", "exceeded quota: small"));
  }

  @Test
  void nobody_asks_for_events_in_the_first_seconds() {
    Instant early = Instant.parse("2026-11-01T09:00:05Z");

    assertThat(Obstacles.needsEvents(job, List.of(pending("a")), early)).isEmpty();
    assertThat(Obstacles.needsEvents(job, List.of(), early)).isEmpty();
    assertThat(Obstacles.isStarting(job, List.of(pending("a")))).isTrue();
  }

  @Test
  void the_events_of_one_pod_speak_for_all_that_are_stuck() {
    assertThat(Obstacles.needsEvents(job, List.of(pending("b"), pending("a")), NOW))
        .contains("pod-a");
  }

  @Test
  void a_pod_that_runs_shows_that_nothing_is_in_the_way() {
    List<Pod> pods = List.of(waiting("a", "ImagePullBackOff", "…"), phase("b", "Running"));

    assertThat(Obstacles.find(job, pods, List.of(), NOW)).isEmpty();
    assertThat(Obstacles.needsEvents(job, pods, NOW)).isEmpty();
    assertThat(Obstacles.isStarting(job, pods)).isFalse();
  }

  @Test
  void a_pod_that_is_done_does_not_hide_one_that_is_stuck() {
    List<Pod> pods = List.of(phase("a", "Succeeded"), waiting("b", "ErrImagePull", "gone"));

    assertThat(Obstacles.find(job, pods, List.of(), NOW))
        .contains(new Obstacle("ErrImagePull", "gone"));
  }

  @Test
  void a_pod_that_is_being_deleted_is_not_stuck() {
    Pod deleted =
        new PodBuilder(waiting("a", "ErrImagePull", "gone"))
            .editMetadata()
            .withDeletionTimestamp(START)
            .endMetadata()
            .build();

    assertThat(Obstacles.find(job, List.of(deleted), List.of(), NOW)).isEmpty();
  }

  @Test
  void a_job_between_two_tries_is_not_starting() {
    assertThat(Obstacles.isStarting(job, List.of(phase("a", "Failed")))).isFalse();
    assertThat(Obstacles.needsEvents(job, List.of(phase("a", "Failed")), NOW)).isEmpty();
  }

  @Test
  void nothing_is_in_the_way_of_a_job_that_is_suspended_or_has_ended() {
    Job suspended = new JobBuilder(job).withNewSpec().withSuspend(true).endSpec().build();
    Job ended =
        new JobBuilder(job)
            .editStatus()
            .addNewCondition()
            .withType("Failed")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build();

    assertThat(Obstacles.needsEvents(suspended, List.of(), NOW)).isEmpty();
    assertThat(Obstacles.needsEvents(ended, List.of(pending("a")), NOW)).isEmpty();
    assertThat(Obstacles.find(ended, List.of(waiting("a", "ErrImagePull", "")), List.of(), NOW))
        .isEmpty();
    assertThat(Obstacles.find(null, List.of(), List.of(), NOW)).isEmpty();
    assertThat(Obstacles.needsEvents(null, List.of(), NOW)).isEmpty();
  }

  @Test
  void an_obstacle_always_says_something_and_never_too_much() {
    assertThat(Obstacles.find(job, List.of(waiting("a", "ErrImagePull", null)), List.of(), NOW))
        .contains(new Obstacle("ErrImagePull", "The Pods do not start"));
    assertThat(
            Obstacles.find(
                job, List.of(waiting("a", "ErrImagePull", "x".repeat(5_000))), List.of(), NOW))
        .hasValueSatisfying(o -> assertThat(o.message()).hasSize(1_000));
  }

  private static Pod pending(String name) {
    return phase(name, "Pending");
  }

  private static Pod phase(String name, String phase) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withUid("pod-" + name)
        .withCreationTimestamp(START)
        .endMetadata()
        .withNewStatus()
        .withPhase(phase)
        .endStatus()
        .build();
  }

  private static Pod waiting(String name, String reason, String message) {
    return new PodBuilder(pending(name))
        .editStatus()
        .addNewContainerStatus()
        .withName("worker")
        .withNewState()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static Event event(String uid, String reason, String message, String time) {
    return new EventBuilder()
        .withReason(reason)
        .withMessage(message)
        .withLastTimestamp("2026-11-01T" + time + "Z")
        .withNewInvolvedObject()
        .withUid(uid)
        .endInvolvedObject()
        .build();
  }
}
