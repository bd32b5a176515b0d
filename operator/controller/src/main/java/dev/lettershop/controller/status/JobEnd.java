package dev.lettershop.controller.status;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.List;
import java.util.Optional;

/**
 * How a Job ended.
 *
 * @param complete whether every index of it succeeded
 * @param reason of the Job's condition, such as {@code DeadlineExceeded}; may be empty
 * @param message of the Job's condition; may be empty
 * @param time when (RFC 3339), or null
 */
record JobEnd(boolean complete, String reason, String message, String time) {
  static final String DEADLINE_EXCEEDED = "DeadlineExceeded";

  /** Empty while the Job is under way, and when there is none. */
  static Optional<JobEnd> of(Job job) {
    return conditions(job).stream()
        .filter(c -> "True".equals(c.getStatus()))
        .filter(c -> "Complete".equals(c.getType()) || "Failed".equals(c.getType()))
        .findFirst()
        .map(
            c ->
                new JobEnd(
                    "Complete".equals(c.getType()),
                    orEmpty(c.getReason()),
                    orEmpty(c.getMessage()),
                    c.getLastTransitionTime()));
  }

  private static List<JobCondition> conditions(Job job) {
    return job == null || job.getStatus() == null || job.getStatus().getConditions() == null
        ? List.of()
        : job.getStatus().getConditions();
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
