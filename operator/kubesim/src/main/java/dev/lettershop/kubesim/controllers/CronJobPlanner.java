package dev.lettershop.kubesim.controllers;

import dev.lettershop.kubesim.controllers.JobPlan.Notice;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides what is to be done for one CronJob at one moment. A pure function; used once. */
final class CronJobPlanner {
  private static final DateTimeFormatter IN_MESSAGES =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private final CronJob cronJob;
  private final CronJobSpec spec;
  private final List<Job> jobs;
  private final Instant now;
  private final List<Notice> notices = new ArrayList<>();
  private final List<Job> delete = new ArrayList<>();
  private List<Job> active;

  private CronJobPlanner(CronJob cronJob, List<Job> jobs, Instant now) {
    this.cronJob = cronJob;
    this.spec = cronJob.getSpec();
    this.jobs = jobs;
    this.now = now;
  }

  /**
   * @param jobs those that the CronJob controls, also such as were made by hand
   */
  static CronJobPlan plan(CronJob cronJob, List<Job> jobs, Instant now) {
    return new CronJobPlanner(cronJob, jobs, now).plan();
  }

  private CronJobPlan plan() {
    observe();
    history(true, spec.getSuccessfulJobsHistoryLimit());
    history(false, spec.getFailedJobsHistoryLimit());
    String lastSuccess =
        jobs.stream()
            .filter(CronJobPlanner::succeeded)
            .map(job -> job.getStatus().getCompletionTime())
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(
                cronJob.getStatus() == null ? null : cronJob.getStatus().getLastSuccessfulTime());
    if (Boolean.TRUE.equals(spec.getSuspend()) || cronJob.isMarkedForDeletion()) {
      return new CronJobPlan(null, active, lastSuccess, delete, notices, null);
    }
    CronTimes times;
    try {
      times = CronTimes.of(spec.getSchedule(), spec.getTimeZone());
    } catch (IllegalArgumentException | DateTimeException e) {
      notices.add(
          new Notice(
              true,
              "UnparseableSchedule",
              "unparseable schedule: " + spec.getSchedule() + " : " + e.getMessage()));
      return new CronJobPlan(null, active, lastSuccess, delete, notices, null);
    }
    Instant start = start(times);
    Duration again = times.next(now).map(next -> Duration.between(now, next)).orElse(null);
    return new CronJobPlan(start, active, lastSuccess, delete, notices, again);
  }

  /** Keeps of the Jobs that were started those that still run. */
  private void observe() {
    Set<String> started =
        cronJob.getStatus() == null
            ? Set.of()
            : cronJob.getStatus().getActive().stream()
                .map(ObjectReference::getUid)
                .collect(Collectors.toSet());
    active = new ArrayList<>();
    for (Job job : jobs) {
      if (started.contains(job.getMetadata().getUid())) {
        if (isFinished(job)) {
          String how = succeeded(job) ? "Complete" : "Failed";
          notices.add(
              new Notice(
                  false,
                  "SawCompletedJob",
                  "Saw completed job: " + job.getMetadata().getName() + ", condition: " + how));
        } else {
          active.add(job);
        }
      }
    }
  }

  private void history(boolean successful, Integer limit) {
    List<Job> finished =
        jobs.stream()
            .filter(CronJobPlanner::isFinished)
            .filter(job -> succeeded(job) == successful)
            .filter(job -> !job.isMarkedForDeletion())
            .sorted(
                Comparator.comparing(CronJobPlanner::startTime)
                    .thenComparing(job -> job.getMetadata().getName()))
            .toList();
    if (limit != null && finished.size() > limit) {
      delete.addAll(finished.subList(0, finished.size() - limit));
    }
  }

  /** The time that is due and not yet served, if a Job may be started for it. */
  private Instant start(CronTimes times) {
    Instant due = times.latest(earliest(), now).orElse(null);
    if (due == null) {
      return null;
    }
    Long deadline = spec.getStartingDeadlineSeconds();
    if (deadline != null && due.plusSeconds(deadline).isBefore(now)) {
      notices.add(
          new Notice(
              true,
              "MissSchedule",
              "Missed scheduled time to start a job: " + IN_MESSAGES.format(due)));
      return null;
    }
    if (!active.isEmpty()) {
      if ("Forbid".equals(spec.getConcurrencyPolicy())) {
        notices.add(
            new Notice(
                false,
                "JobAlreadyActive",
                "Not starting job because prior execution is running and concurrency policy is"
                    + " Forbid"));
        return null;
      } else if ("Replace".equals(spec.getConcurrencyPolicy())) {
        delete.addAll(active);
        active = new ArrayList<>();
      }
    }
    return due;
  }

  /** After which a time on the schedule has not been served. */
  private Instant earliest() {
    String last = cronJob.getStatus() == null ? null : cronJob.getStatus().getLastScheduleTime();
    return Instant.parse(last == null ? cronJob.getMetadata().getCreationTimestamp() : last);
  }

  private static boolean isFinished(Job job) {
    return job.getStatus() != null && JobConditions.isFinished(job.getStatus().getConditions());
  }

  private static boolean succeeded(Job job) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Complete") && c.getStatus().equals("True"));
  }

  private static String startTime(Job job) {
    String start = job.getStatus().getStartTime();
    return start == null ? job.getMetadata().getCreationTimestamp() : start;
  }
}
