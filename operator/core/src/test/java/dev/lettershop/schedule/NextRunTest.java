package dev.lettershop.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.CampaignSchedule;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.campaign.CampaignTrigger;
import dev.lettershop.api.v1alpha1.common.CronSchedule;
import dev.lettershop.diagnostic.FieldProblem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextRunTest {
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

  @Test
  void a_campaign_is_due_by_the_clocks_of_its_time_zone() {
    assertThat(NextRun.of(spec(cron("0 9 * * MON", "Europe/Berlin"), false), NOW))
        .contains(Instant.parse("2026-11-02T08:00:00Z"));
  }

  @Test
  void the_time_zone_is_utc_when_none_is_written() {
    assertThat(NextRun.of(spec(cron("0 9 * * MON", null), false), NOW))
        .contains(Instant.parse("2026-11-02T09:00:00Z"));
  }

  @Test
  void nothing_is_due_while_a_campaign_is_suspended() {
    assertThat(NextRun.of(spec(cron("0 9 * * MON", null), true), NOW)).isEmpty();
  }

  @Test
  void a_campaign_without_a_schedule_is_never_due() {
    assertThat(NextRun.of(spec(null, false), NOW)).isEmpty();
  }

  @Test
  void a_moment_is_due_until_it_is_over() {
    CampaignSpec once =
        spec(new CampaignSchedule(null, null, "2026-11-01T12:00:00+01:00", null), false);

    assertThat(NextRun.of(once, NOW)).contains(Instant.parse("2026-11-01T11:00:00Z"));
    assertThat(NextRun.of(once, Instant.parse("2026-11-01T11:00:00Z"))).isEmpty();
  }

  @Test
  void nobody_knows_when_an_event_triggers() {
    CampaignTrigger trigger =
        new CampaignTrigger("cart_abandoned", null, null, null, null, null, null);

    assertThat(NextRun.of(spec(new CampaignSchedule(null, null, null, trigger), false), NOW))
        .isEmpty();
  }

  @Test
  void a_faulty_schedule_is_never_due() {
    assertThat(NextRun.of(new CronSchedule("0 9 * * 7", null), NOW)).isEmpty();
    assertThat(NextRun.of(new CronSchedule("0 9 * * *", "Europe/Berlinn"), NOW)).isEmpty();
    assertThat(NextRun.of((CronSchedule) null, NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "EST",
    "MST",
    "HST",
    "ROC",
    "US/Pacific",
    "Etc/GMT-14",
    "GMT",
    "UTC",
    "Asia/Calcutta"
  })
  void time_zones_that_only_kubernetes_knows_by_that_name_are_known(String zone) {
    assertThat(NextRun.problems(new CronSchedule("0 9 * * *", zone), "spec.refresh")).isEmpty();
    assertThat(NextRun.of(new CronSchedule("0 9 * * *", zone), NOW)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Europe/Berlinn|did you mean Europe/Berlin?",
        "europe/berlin|did you mean Europe/Berlin?",
        "New York|did you mean America/New_York?",
        "+02:00|write it as in Europe/Berlin",
        "Local|write it as in Europe/Berlin",
        "PST|write it as in Europe/Berlin",
        "''|write it as in Europe/Berlin"
      })
  void an_unknown_time_zone_is_a_problem_with_its_field(String zone, String fix) {
    List<FieldProblem> problems = NextRun.problems(cron("0 9 * * *", zone), "spec.schedule");

    assertThat(problems).singleElement();
    assertThat(problems.get(0).field()).isEqualTo("spec.schedule.timeZone");
    assertThat(problems.get(0).problem().message()).isEqualTo("unknown time zone " + zone);
    assertThat(problems.get(0).problem().fix()).isEqualTo(fix);
  }

  @Test
  void a_faulty_expression_is_a_problem_with_its_field() {
    List<FieldProblem> problems = NextRun.problems(cron("0 9 * * 7", null), "spec.schedule");

    assertThat(problems).singleElement();
    assertThat(problems.get(0).field()).isEqualTo("spec.schedule.cron");
    assertThat(problems.get(0).problem().message())
        .isEqualTo("0 9 * * 7 is not a cron expression: the day of week 7 must be from 0 to 6");
  }

  @Test
  void a_schedule_that_is_never_due_is_a_problem() {
    assertThat(NextRun.problems(new CronSchedule("0 0 30 2 *", null), "spec.schedule"))
        .singleElement()
        .satisfies(p -> assertThat(p.problem().message()).contains("no such day"));
    assertThat(NextRun.problems(new CronSchedule("0 0 29 2 *", null), "spec.schedule")).isEmpty();
  }

  @Test
  void a_moment_that_is_not_in_the_calendar_is_a_problem() {
    CampaignSchedule at = new CampaignSchedule(null, null, "2027-02-30T09:00:00Z", null);

    assertThat(NextRun.problems(at, "spec.schedule"))
        .singleElement()
        .satisfies(p -> assertThat(p.field()).isEqualTo("spec.schedule.at"));
  }

  @Test
  void every_problem_of_a_schedule_is_found_at_once() {
    assertThat(NextRun.problems(cron("9am", "Mars/Olympus"), "spec.schedule")).hasSize(2);
  }

  @Test
  void no_schedule_is_no_problem() {
    assertThat(NextRun.problems((CampaignSchedule) null, "spec.schedule")).isEmpty();
    assertThat(NextRun.problems((CronSchedule) null, "spec.schedule")).isEmpty();
  }

  private static CampaignSchedule cron(String cron, String timeZone) {
    return new CampaignSchedule(cron, timeZone, null, null);
  }

  private static CampaignSpec spec(CampaignSchedule schedule, boolean suspend) {
    return new CampaignSpec(
        null, null, null, null, null, null, "news", null, schedule, null, null, null, null, null,
        null, suspend, null, null, null, null);
  }
}
