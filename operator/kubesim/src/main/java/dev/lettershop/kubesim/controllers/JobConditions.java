package dev.lettershop.kubesim.controllers;

import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of a Job while they are worked out. */
final class JobConditions {
  private final List<JobCondition> conditions;
  private final String now;

  JobConditions(List<JobCondition> before, Instant now) {
    this.conditions = new ArrayList<>(before);
    this.now = Times.text(now);
  }

  static boolean isFinished(List<JobCondition> conditions) {
    return conditions.stream()
        .anyMatch(
            c ->
                (c.getType().equals("Complete") || c.getType().equals("Failed"))
                    && c.getStatus().equals("True"));
  }

  Optional<JobCondition> find(String type) {
    return conditions.stream().filter(c -> c.getType().equals(type)).findFirst();
  }

  boolean isTrue(String type) {
    return find(type).filter(c -> c.getStatus().equals("True")).isPresent();
  }

  /**
   * @return whether the status changed by it
   */
  boolean set(String type, boolean value, String reason, String message) {
    if (find(type).isPresent() && isTrue(type) == value) {
      return false;
    }
    conditions.removeIf(c -> c.getType().equals(type));
    conditions.add(
        new JobConditionBuilder()
            .withType(type)
            .withStatus(value ? "True" : "False")
            .withReason(reason)
            .withMessage(message)
            .withLastProbeTime(now)
            .withLastTransitionTime(now)
            .build());
    return true;
  }

  List<JobCondition> list() {
    return conditions;
  }
}
