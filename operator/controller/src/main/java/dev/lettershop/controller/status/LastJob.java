package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.job.ExitCode;
import dev.lettershop.job.TerminationMessage;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the newest of several Jobs came to, for what is done again and again by a CronJob. */
final class LastJob {
  private static final String JOB_NAME = "batch.kubernetes.io/job-name";

  private final List<Job> newestFirst;
  private final Collection<Pod> pods;
  private final Obstacle obstacle;

  LastJob(Collection<Job> jobs, Collection<Pod> pods, Obstacle obstacle) {
    this.newestFirst =
        jobs.stream()
            .sorted(
                Comparator.comparing(
                        (Job job) -> Moments.of(job.getMetadata().getCreationTimestamp()))
                    .thenComparing(job -> job.getMetadata().getName())
                    .reversed())
            .toList();
    this.pods = pods;
    this.obstacle = obstacle;
  }

  /** What the newest worker left behind that did its work and has figures of it. */
  Optional<TerminationMessage> newestDone(Predicate<TerminationMessage> hasFigures) {
    return WorkerEnd.of(pods).stream()
        .filter(end -> end.exitCode() == ExitCode.DONE && end.message() != null)
        .filter(end -> hasFigures.test(end.message()))
        .map(LastJob::dated)
        .reduce((former, latter) -> latter);
  }

  /**
   * Sets the condition by the newest Job that has ended, or to Unknown while the newest Job cannot
   * start. Leaves it as it is when there is no Job any more.
   *
   * @param none reason and message while there was none, such as {@code NotSyncedYet}
   */
  Conditions settle(Conditions conditions, String type, String none, String noneMessage) {
    if (obstacle != null) {
      return conditions.set(type, ConditionStatus.Unknown, obstacle.reason(), obstacle.message());
    }
    for (Job job : newestFirst) {
      Optional<JobEnd> end = JobEnd.of(job);
      if (end.isPresent()) {
        RunVerdict verdict = verdict(end.get(), of(job));
        return conditions.set(type, verdict.status(), verdict.reason(), verdict.message());
      }
    }
    boolean known =
        conditions.get(type).filter(c -> c.status() != ConditionStatus.Unknown).isPresent();
    return known ? conditions : conditions.set(type, ConditionStatus.Unknown, none, noneMessage);
  }

  private static RunVerdict verdict(JobEnd end, List<WorkerEnd> ends) {
    Optional<WorkerEnd> last = ends.stream().reduce((former, latter) -> latter);
    String sentence = last.map(WorkerEnd::sentence).orElse(end.message());
    if (end.complete()) {
      boolean said = last.isPresent() && last.get().message() != null;
      return new RunVerdict(ConditionStatus.True, WorkerEnd.SUCCEEDED, said ? sentence : "");
    }
    String reason =
        end.reason().equals(JobEnd.DEADLINE_EXCEEDED)
            ? JobEnd.DEADLINE_EXCEEDED
            : last.map(WorkerEnd::reason)
                .filter(r -> !r.equals(WorkerEnd.RETRY) && !r.equals(WorkerEnd.SUCCEEDED))
                .orElse(RunVerdict.FAILED);
    return new RunVerdict(ConditionStatus.False, reason, sentence);
  }

  private List<WorkerEnd> of(Job job) {
    return WorkerEnd.of(pods.stream().filter(pod -> isOf(pod, job)).toList());
  }

  private static boolean isOf(Pod pod, Job job) {
    List<OwnerReference> owners = pod.getMetadata().getOwnerReferences();
    if (owners != null && !owners.isEmpty()) {
      return owners.stream().anyMatch(o -> o.getUid().equals(job.getMetadata().getUid()));
    }
    Map<String, String> labels = pod.getMetadata().getLabels();
    return labels != null && job.getMetadata().getName().equals(labels.get(JOB_NAME));
  }

  private static TerminationMessage dated(WorkerEnd end) {
    return end.message().at(end.time());
  }
}
