package dev.lettershop.kubesim.controllers;

import dev.lettershop.kubesim.controllers.JobPlan.Notice;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides what is to be done for one Job at one moment. A pure function; used once. */
final class JobPlanner {
  private final Job job;
  private final JobSpec spec;
  private final List<JobPod> pods;
  private final Instant now;
  private final Duration backOff;
  private final JobTally tally;
  private final JobConditions conditions;
  private final JobStatusBuilder status;
  private final List<Notice> notices = new ArrayList<>();
  private final List<JobPod> delete = new ArrayList<>();
  private final List<Integer> create = new ArrayList<>();
  private Duration again;

  private JobPlanner(Job job, List<JobPod> pods, JobMemory memory, Instant now, Duration backOff) {
    this.job = job;
    this.spec = job.getSpec();
    this.pods = pods;
    this.now = now;
    this.backOff = backOff;
    this.tally = JobTally.of(job, pods, memory, now);
    JobStatus before = job.getStatus() == null ? new JobStatus() : job.getStatus();
    this.status = new JobStatusBuilder(before);
    this.conditions = new JobConditions(before.getConditions(), now);
  }

  /**
   * @param pods those that the Job controls
   * @param backOff how long to wait after a first failure
   */
  static JobPlan plan(Job job, List<JobPod> pods, JobMemory memory, Instant now, Duration backOff) {
    JobPlanner planner = new JobPlanner(job, pods, memory, now, backOff);
    if (JobConditions.isFinished(planner.conditions.list())) {
      return planner.afterwards();
    }
    return planner.plan();
  }

  /** A finished Job only lets its Pods go. */
  private JobPlan afterwards() {
    List<JobPod> tracked = pods.stream().filter(JobPod::isTracked).toList();
    return new JobPlan(
        job.getStatus(),
        tally.memory,
        List.of(),
        tracked,
        pods.stream().filter(JobPod::isActive).toList(),
        List.of(),
        null);
  }

  private JobPlan plan() {
    boolean suspended = Boolean.TRUE.equals(spec.getSuspend());
    suspension(suspended);
    if (!suspended && status.getStartTime() == null) {
      status.withStartTime(Times.text(now));
    }
    Optional<JobCondition> failure = failure(suspended);
    if (failure.isPresent()) {
      fail(failure.get());
    } else if (isComplete()) {
      complete();
    } else if (suspended) {
      suspend();
    } else if (!job.isMarkedForDeletion()) {
      manage();
    }
    return finished();
  }

  private void suspension(boolean suspended) {
    if (suspended) {
      if (conditions.set("Suspended", true, "JobSuspended", "Job suspended")) {
        notices.add(new Notice(false, "Suspended", "Job suspended"));
      }
      status.withStartTime(null);
    } else if (conditions.isTrue("Suspended")) {
      conditions.set("Suspended", false, "JobResumed", "Job resumed");
      notices.add(new Notice(false, "Resumed", "Job resumed"));
      // The deadline counts from here: a Job does not grow old while it is suspended.
      status.withStartTime(Times.text(now));
    }
  }

  /** Why the Job fails, if it does. */
  private Optional<JobCondition> failure(boolean suspended) {
    if (conditions.isTrue("FailureTarget")) {
      return conditions.find("FailureTarget");
    }
    if (tally.failJob != null) {
      return failureTarget("PodFailurePolicy", tally.failJob);
    }
    if (tally.failed > spec.getBackoffLimit()) {
      return failureTarget("BackoffLimitExceeded", "Job has reached the specified backoff limit");
    }
    if (!suspended && spec.getActiveDeadlineSeconds() != null) {
      Instant deadline =
          Instant.parse(status.getStartTime()).plusSeconds(spec.getActiveDeadlineSeconds());
      if (!now.isBefore(deadline)) {
        return failureTarget("DeadlineExceeded", "Job was active longer than specified deadline");
      }
      lookAgainIn(Duration.between(now, deadline));
    }
    if (spec.getMaxFailedIndexes() != null
        && tally.failedIndexes.size() > spec.getMaxFailedIndexes()) {
      return failureTarget(
          "MaxFailedIndexesExceeded",
          "Job has exceeded the specified maximal number of failed indexes");
    }
    if (!tally.failedIndexes.isEmpty()
        && tally.failedIndexes.size() + tally.completed.size() >= spec.getCompletions()) {
      return failureTarget("FailedIndexes", "Job has failed indexes");
    }
    return Optional.empty();
  }

  private Optional<JobCondition> failureTarget(String reason, String message) {
    conditions.set("FailureTarget", true, reason, message);
    return conditions.find("FailureTarget");
  }

  private void fail(JobCondition why) {
    delete.addAll(active());
    if (pods.stream().allMatch(JobPod::isFinished)) {
      conditions.set("Failed", true, why.getReason(), why.getMessage());
      notices.add(new Notice(true, why.getReason(), why.getMessage()));
    }
  }

  private boolean isComplete() {
    if (JobTally.isIndexed(spec)) {
      return tally.completed.size() >= spec.getCompletions();
    }
    return spec.getCompletions() == null
        ? tally.succeeded > 0 && active().isEmpty()
        : tally.succeeded >= spec.getCompletions();
  }

  private void complete() {
    String message = "Reached expected number of succeeded pods";
    conditions.set("SuccessCriteriaMet", true, "CompletionsReached", message);
    delete.addAll(active());
    if (pods.stream().allMatch(JobPod::isFinished)) {
      conditions.set("Complete", true, "CompletionsReached", message);
      status.withCompletionTime(Times.text(now));
      notices.add(new Notice(false, "Completed", "Job completed"));
    }
  }

  /** Pods that end because of a suspension count for nothing: they are let go at once. */
  private void suspend() {
    delete.addAll(active());
    tally.release.addAll(active().stream().filter(JobPod::isTracked).toList());
  }

  private void manage() {
    List<JobPod> active = active();
    int terminating =
        "Failed".equals(spec.getPodReplacementPolicy())
            ? (int) pods.stream().filter(JobPod::isTerminating).count()
            : 0;
    int room = wanted(active.size()) - active.size() - terminating;
    if (room < 0) {
      delete.addAll(surplus(active, Math.min(-room, active.size())));
    } else if (JobTally.isIndexed(spec)) {
      createIndexes(room);
    } else {
      Duration wait = tally.memory.wait(JobPod.NO_INDEX, backOff, now);
      if (room > 0 && !wait.isZero()) {
        lookAgainIn(wait);
      } else {
        for (int i = 0; i < room; i++) {
          create.add(JobPod.NO_INDEX);
        }
      }
    }
  }

  /** How many Pods there should be. */
  private int wanted(int active) {
    if (spec.getCompletions() == null) {
      return tally.succeeded > 0 ? Math.min(active, spec.getParallelism()) : spec.getParallelism();
    }
    int left = spec.getCompletions() - tally.succeeded - tally.failedIndexes.size();
    return Math.min(left, spec.getParallelism());
  }

  private static List<JobPod> surplus(List<JobPod> active, int count) {
    return active.stream()
        .sorted(
            Comparator.comparing(JobPod::isReady)
                .thenComparing(Comparator.comparingInt(JobPod::index).reversed()))
        .limit(count)
        .toList();
  }

  private void createIndexes(int room) {
    boolean onlyFailed = "Failed".equals(spec.getPodReplacementPolicy());
    Set<Integer> taken =
        pods.stream()
            .filter(pod -> pod.isActive() || onlyFailed && pod.isTerminating())
            .map(JobPod::index)
            .collect(Collectors.toSet());
    for (int index = 0; index < spec.getCompletions() && create.size() < room; index++) {
      if (!taken.contains(index)
          && !tally.completed.contains(index)
          && !tally.failedIndexes.contains(index)) {
        Duration wait = tally.memory.wait(tally.row(index), backOff, now);
        if (wait.isZero()) {
          create.add(index);
        } else {
          lookAgainIn(wait);
        }
      }
    }
  }

  private JobPlan finished() {
    Set<String> ending = delete.stream().map(JobPod::uid).collect(Collectors.toSet());
    List<JobPod> left = active().stream().filter(pod -> !ending.contains(pod.uid())).toList();
    status
        .withActive(orNull(left.size()))
        .withReady((int) left.stream().filter(JobPod::isReady).count())
        .withTerminating(ending.size() + (int) pods.stream().filter(JobPod::isTerminating).count())
        .withSucceeded(orNull(tally.succeeded))
        .withFailed(orNull(tally.failed))
        .withConditions(conditions.list());
    if (JobTally.isIndexed(spec)) {
      String completed = IndexSet.format(tally.completed);
      status.withCompletedIndexes(completed.isEmpty() ? null : completed);
    }
    if (spec.getBackoffLimitPerIndex() != null) {
      status.withFailedIndexes(IndexSet.format(tally.failedIndexes));
    }
    return new JobPlan(status.build(), tally.memory, notices, tally.release, delete, create, again);
  }

  private List<JobPod> active() {
    return pods.stream().filter(JobPod::isActive).toList();
  }

  private void lookAgainIn(Duration delay) {
    again = again == null || delay.compareTo(again) < 0 ? delay : again;
  }

  private static Integer orNull(int count) {
    return count == 0 ? null : count;
  }
}
