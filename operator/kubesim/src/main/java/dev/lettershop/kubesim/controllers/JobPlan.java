package dev.lettershop.kubesim.controllers;

import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.util.List;

/**
 * What is to be done for a Job, in this order.
 *
 * @param status what its status is to be
 * @param memory to be remembered once the status is written
 * @param notices what happened and may interest somebody
 * @param release Pods that are counted and may go
 * @param delete Pods that are to end
 * @param create Pods that are to be made: an index each, or {@link JobPod#NO_INDEX}
 * @param again when to look again at the latest, or null
 */
record JobPlan(
    JobStatus status,
    JobMemory memory,
    List<Notice> notices,
    List<JobPod> release,
    List<JobPod> delete,
    List<Integer> create,
    Duration again) {

  /**
   * An event.
   *
   * @param warning whether something went wrong
   */
  record Notice(boolean warning, String reason, String message) {}
}
