package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.CampaignSchedule;
import dev.lettershop.api.v1alpha1.CampaignSpec;
import dev.lettershop.api.v1alpha1.CronSchedule;
import dev.lettershop.diagnostic.FieldProblem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When something is due next, and what is wrong with a schedule. */
public final class NextRun {
  private NextRun() {}

  /**
   * Empty while suspended, and when there is no schedule, {@code at} is over or a trigger sends.
   */
  public static Optional<Instant> of(CampaignSpec spec, Instant now) {
    return Optional.empty();
  }

  /** Empty when the schedule is null, faulty or never due. */
  public static Optional<Instant> of(CronSchedule schedule, Instant now) {
    return Optional.empty();
  }

  /**
   * @param field where the schedule stands, such as {@code spec.schedule}
   */
  public static List<FieldProblem> problems(CampaignSchedule schedule, String field) {
    return List.of();
  }

  /**
   * @param field where the schedule stands, such as {@code spec.refresh}
   */
  public static List<FieldProblem> problems(CronSchedule schedule, String field) {
    return List.of();
  }
}
