package dev.lettershop.kubesim.controllers;

import dev.lettershop.kubesim.controllers.FailurePolicy.Verdict;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Counts the Pods of a Job that ended, each once. */
final class JobTally {
  final TreeSet<Integer> completed;
  final TreeSet<Integer> failedIndexes;
  final List<JobPod> release = new ArrayList<>();
  int succeeded;
  int failed;
  JobMemory memory;

  /** Why the Job has to fail, or null. */
  String failJob;

  private final JobSpec spec;
  private final boolean indexed;

  private JobTally(Job job, JobMemory memory) {
    JobStatus status = job.getStatus() == null ? new JobStatus() : job.getStatus();
    this.spec = job.getSpec();
    this.indexed = isIndexed(spec);
    this.completed = IndexSet.parse(status.getCompletedIndexes());
    this.failedIndexes = IndexSet.parse(status.getFailedIndexes());
    this.succeeded = status.getSucceeded() == null ? 0 : status.getSucceeded();
    this.failed = status.getFailed() == null ? 0 : status.getFailed();
    this.memory = memory;
  }

  /** Goes on from what the status and the memory say. */
  static JobTally of(Job job, List<JobPod> pods, JobMemory memory, Instant now) {
    JobTally tally = new JobTally(job, memory);
    for (JobPod pod : pods) {
      if (pod.isTracked() && pod.isFinished()) {
        if (!tally.memory.counted().contains(pod.uid())) {
          tally.count(pod, now);
        }
        tally.release.add(pod);
      }
    }
    return tally;
  }

  static boolean isIndexed(JobSpec spec) {
    return "Indexed".equals(spec.getCompletionMode());
  }

  private void count(JobPod pod, Instant now) {
    memory = memory.withCounted(pod.uid());
    int index = pod.index();
    if (pod.hasSucceeded()) {
      if (!indexed) {
        succeeded++;
      } else if (index >= 0 && index < spec.getCompletions()) {
        completed.add(index);
        succeeded = completed.size();
      }
      memory = memory.withSuccess(row(index));
      return;
    }
    Verdict verdict =
        spec.getPodFailurePolicy() == null
            ? new Verdict(FailurePolicy.Action.Count, null)
            : FailurePolicy.of(spec.getPodFailurePolicy().getRules(), pod.pod());
    if (verdict.action() == FailurePolicy.Action.Ignore) {
      return;
    }
    failed++;
    memory = memory.withFailure(row(index), pod.end(now));
    Integer limit = spec.getBackoffLimitPerIndex();
    boolean last = limit != null && memory.failures(index) > limit;
    if (verdict.action() == FailurePolicy.Action.FailJob && failJob == null) {
      failJob = verdict.message();
    } else if (index >= 0 && (last || verdict.action() == FailurePolicy.Action.FailIndex)) {
      failedIndexes.add(index);
    }
  }

  /** What back-off goes by: an index where each has its own, or all together. */
  int row(int index) {
    return spec.getBackoffLimitPerIndex() == null ? JobPod.NO_INDEX : index;
  }
}
