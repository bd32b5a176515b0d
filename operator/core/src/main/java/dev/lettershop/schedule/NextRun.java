package dev.lettershop.schedule;

import dev.lettershop.api.v1alpha1.campaign.CampaignSchedule;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.common.CronSchedule;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** When something is due next, and what is wrong with a schedule. */
public final class NextRun {
  /** Names that Go's time zones have and Java 17's lack. */
  private static final Map<String, ZoneId> ALSO_KNOWN =
      Map.of(
          "EST", ZoneOffset.ofHours(-5),
          "MST", ZoneOffset.ofHours(-7),
          "HST", ZoneOffset.ofHours(-10),
          "ROC", ZoneId.of("Asia/Taipei"));

  /** A moment from which whether a schedule is ever due can be told: it repeats from leap years. */
  private static final Instant ANY_TIME = Instant.parse("2024-01-01T00:00:00Z");

  private NextRun() {}

  /**
   * When the next run of a campaign is due. Empty while it is suspended, when it has no schedule,
   * when {@code at} is over, when events trigger it, and when the schedule is faulty.
   */
  public static Optional<Instant> of(CampaignSpec spec, Instant now) {
    CampaignSchedule schedule = spec.schedule();
    if (schedule == null || spec.suspend()) {
      return Optional.empty();
    }
    if (schedule.at() != null) {
      return moment(schedule.at()).filter(at -> at.isAfter(now));
    }
    return schedule.cron() == null
        ? Optional.empty()
        : next(schedule.cron(), schedule.timeZone(), now);
  }

  /** Empty when the schedule is null, faulty or never due. */
  public static Optional<Instant> of(CronSchedule schedule, Instant now) {
    return schedule == null || schedule.cron() == null
        ? Optional.empty()
        : next(schedule.cron(), schedule.timeZone(), now);
  }

  /**
   * @param schedule null when there is none, which is not a problem
   * @param field where the schedule stands, such as {@code spec.schedule}
   */
  public static List<FieldProblem> problems(CampaignSchedule schedule, String field) {
    if (schedule == null) {
      return List.of();
    }
    if (schedule.at() != null && moment(schedule.at()).isEmpty()) {
      return List.of(
          problem(
              field + ".at",
              schedule.at() + " is not a moment that there is",
              "write it as in 2027-03-01T09:00:00Z"));
    }
    return schedule.cron() == null
        ? List.of()
        : problems(schedule.cron(), schedule.timeZone(), field);
  }

  /**
   * @param schedule null when there is none, which is not a problem
   * @param field where the schedule stands, such as {@code spec.refresh}
   */
  public static List<FieldProblem> problems(CronSchedule schedule, String field) {
    return schedule == null || schedule.cron() == null
        ? List.of()
        : problems(schedule.cron(), schedule.timeZone(), field);
  }

  private static List<FieldProblem> problems(String cron, String timeZone, String field) {
    List<FieldProblem> problems = new ArrayList<>();
    try {
      CronExpression expression = CronExpression.parse(cron);
      if (expression.next(ANY_TIME, ZoneOffset.UTC).isEmpty()) {
        problems.add(problem(field + ".cron", cron + " is never due: no such day", null));
      }
    } catch (IllegalArgumentException e) {
      problems.add(
          problem(
              field + ".cron",
              cron + " is not a cron expression: " + e.getMessage(),
              "write it as in 0 9 * * MON"));
    }
    if (zone(timeZone).isEmpty()) {
      problems.add(
          problem(
              field + ".timeZone",
              "unknown time zone " + timeZone,
              zoneLike(timeZone)
                  .map(name -> "did you mean " + name + "?")
                  .orElse("write it as in Europe/Berlin")));
    }
    return problems;
  }

  private static Optional<Instant> next(String cron, String timeZone, Instant now) {
    try {
      CronExpression expression = CronExpression.parse(cron);
      return zone(timeZone).flatMap(zone -> expression.next(now, zone));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // problems() says which
    }
  }

  private static Optional<Instant> moment(String at) {
    try {
      return Optional.of(OffsetDateTime.parse(at.toUpperCase(Locale.ROOT)).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Only names of places: an offset such as +02:00 is none to Kubernetes. */
  private static Optional<ZoneId> zone(String name) {
    if (name == null) {
      return Optional.of(ZoneOffset.UTC);
    }
    if (ALSO_KNOWN.containsKey(name)) {
      return Optional.of(ALSO_KNOWN.get(name));
    }
    return zoneNames().contains(name) && !name.startsWith("SystemV/")
        ? Optional.of(ZoneId.of(name))
        : Optional.empty();
  }

  private static Optional<String> zoneLike(String name) {
    String wanted = name.replace(' ', '_');
    return zoneNames().stream()
        .filter(known -> known.equalsIgnoreCase(wanted) || known.endsWith("/" + wanted))
        .min(String::compareTo)
        .or(() -> DidYouMean.nearest(wanted, zoneNames()).filter(known -> wanted.length() > 3));
  }

  private static Set<String> zoneNames() {
    return ZoneRulesProvider.getAvailableZoneIds();
  }

  private static FieldProblem problem(String field, String message, String fix) {
    return new FieldProblem(field, Problem.error(null, message, fix));
  }
}
