package dev.lettershop.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.campaign.CampaignStatus;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.CampaignRunSpec;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.run.DeliveryCounts;
import dev.lettershop.api.v1alpha1.run.RunAudience;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CampaignMetricsTest {
  private final List<Campaign> campaigns = new ArrayList<>();
  private final List<CampaignRun> runs = new ArrayList<>();
  private String since;
  private final CollectorRegistry registry = new CollectorRegistry();

  @BeforeEach
  void register() {
    new CampaignMetrics(() -> campaigns, () -> runs, campaign -> Optional.ofNullable(since))
        .register(registry);
  }

  @Test
  void a_campaign_shows_its_newest_run() throws IOException {
    campaigns.add(campaign("spring", ConditionStatus.True, "2026-11-09T08:00:00Z"));
    runs.add(
        run("spring-1", "2026-10-26T08:00:02Z", "2026-10-26T08:20:00Z", ConditionStatus.True, 9));
    runs.add(
        run("spring-2", "2026-11-02T08:00:02Z", "2026-11-02T08:20:00Z", ConditionStatus.False, 7));

    assertThat(samples())
        .containsExactlyInAnyOrder(
            line("ready", "", 1),
            line("next_run_timestamp_seconds", "", seconds("2026-11-09T08:00:00Z")),
            line("last_run_success", "", 0),
            line("last_run_start_timestamp_seconds", "", seconds("2026-11-02T08:00:02Z")),
            line("last_run_completion_timestamp_seconds", "", seconds("2026-11-02T08:20:00Z")),
            line("audience", "", 10),
            line("deliveries", "outcome=\"sent\",", 7),
            line("deliveries", "outcome=\"failed\",", 2),
            line("deliveries", "outcome=\"deferred\",", 1),
            line("deliveries", "outcome=\"uncertain\",", 0));
  }

  @Test
  void while_a_run_is_under_way_the_outcome_is_that_of_the_one_before() throws IOException {
    campaigns.add(campaign("spring", ConditionStatus.True, null));
    runs.add(
        run("spring-1", "2026-10-26T08:00:02Z", "2026-10-26T08:20:00Z", ConditionStatus.True, 9));
    runs.add(run("spring-2", "2026-11-02T08:00:02Z", null, ConditionStatus.Unknown, 3));

    assertThat(samples())
        .contains(
            line("last_run_success", "", 1),
            line("last_run_completion_timestamp_seconds", "", seconds("2026-10-26T08:20:00Z")),
            line("last_run_start_timestamp_seconds", "", seconds("2026-11-02T08:00:02Z")),
            line("deliveries", "outcome=\"sent\",", 3));
  }

  @Test
  void what_is_not_known_has_no_sample() throws IOException {
    campaigns.add(campaign("spring", ConditionStatus.False, null));

    assertThat(samples()).containsExactly(line("ready", "", 0));
  }

  @Test
  void a_campaign_that_was_never_looked_at_shows_nothing() throws IOException {
    Campaign fresh = new Campaign();
    fresh.setMetadata(metadata("spring"));
    campaigns.add(fresh);

    assertThat(samples()).isEmpty();
  }

  @Test
  void series_go_with_their_campaign() throws IOException {
    campaigns.add(campaign("spring", ConditionStatus.True, null));
    runs.add(
        run("spring-1", "2026-10-26T08:00:02Z", "2026-10-26T08:20:00Z", ConditionStatus.True, 9));
    assertThat(samples()).isNotEmpty();

    campaigns.clear();

    assertThat(samples()).isEmpty();
  }

  @Test
  void a_run_of_a_namesake_in_another_namespace_is_not_ours() throws IOException {
    campaigns.add(campaign("spring", ConditionStatus.True, null));
    CampaignRun elsewhere =
        run("spring-1", "2026-10-26T08:00:02Z", "2026-10-26T08:20:00Z", ConditionStatus.True, 9);
    elsewhere.getMetadata().setNamespace("other");
    runs.add(elsewhere);

    assertThat(samples()).containsExactly(line("ready", "", 1));
  }

  @Test
  void a_run_that_is_not_as_the_schema_says_does_not_take_the_others_down() throws IOException {
    campaigns.add(campaign("spring", ConditionStatus.True, "soon"));
    CampaignRun bare = new CampaignRun();
    bare.setMetadata(metadata("bare"));
    runs.add(bare);

    assertThat(samples()).containsExactly(line("ready", "", 1));
  }

  @Test
  void a_run_that_has_not_begun_is_owed_from_when_it_was_due() throws IOException {
    Campaign weekly = campaign("spring", ConditionStatus.True, null);
    weekly.setSpec(weekly("0 8 * * MON", false));
    campaigns.add(weekly);
    since = "2026-10-01T12:00:00Z";

    assertThat(samples())
        .contains(line("due_timestamp_seconds", "", seconds("2026-10-05T08:00:00Z")));

    runs.add(run("spring-1", "2026-10-26T08:00:02Z", null, ConditionStatus.Unknown, 9));

    assertThat(samples())
        .contains(line("due_timestamp_seconds", "", seconds("2026-11-02T08:00:00Z")));
  }

  @Test
  void nothing_is_owed_from_before_a_schedule_took_effect() throws IOException {
    Campaign weekly = campaign("spring", ConditionStatus.True, null);
    weekly.setSpec(weekly("0 8 * * MON", false));
    campaigns.add(weekly);
    runs.add(
        run("spring-1", "2026-10-05T08:00:02Z", "2026-10-05T08:20:00Z", ConditionStatus.True, 9));
    since = "2026-10-28T12:00:00Z";

    assertThat(samples())
        .contains(line("due_timestamp_seconds", "", seconds("2026-11-02T08:00:00Z")));
  }

  @Test
  void a_paused_campaign_owes_nothing() throws IOException {
    Campaign weekly = campaign("spring", ConditionStatus.True, null);
    weekly.setSpec(weekly("0 8 * * MON", true));
    campaigns.add(weekly);
    since = "2026-10-01T12:00:00Z";

    assertThat(samples()).containsExactly(line("ready", "", 1));
  }

  private static CampaignSpec weekly(String cron, boolean suspend) {
    return Serialization.unmarshal(
        "{\"schedule\": {\"cron\": \"%s\"}, \"suspend\": %s}".formatted(cron, suspend),
        CampaignSpec.class);
  }

  private List<String> samples() throws IOException {
    StringWriter text = new StringWriter();
    TextFormat.write004(text, registry.metricFamilySamples());
    return text.toString().lines().filter(line -> !line.startsWith("#")).toList();
  }

  private static String line(String name, String more, double value) {
    return "lettershop_campaign_"
        + name
        + "{namespace=\"shop\",campaign=\"spring\","
        + more
        + "} "
        + value;
  }

  private static double seconds(String time) {
    return Instant.parse(time).getEpochSecond();
  }

  private static Campaign campaign(String name, ConditionStatus ready, String next) {
    Campaign campaign = new Campaign();
    campaign.setMetadata(metadata(name));
    campaign.setStatus(
        new CampaignStatus(1L, List.of(condition("Ready", ready)), null, next, null, null));
    return campaign;
  }

  private static CampaignRun run(
      String name, String start, String completion, ConditionStatus succeeded, long sent) {
    CampaignRun run = new CampaignRun();
    run.setMetadata(metadata(name));
    run.setSpec(new CampaignRunSpec(new LocalRef("spring"), null, null, null));
    run.setStatus(
        new CampaignRunStatus(
            1L,
            List.of(condition("Succeeded", succeeded)),
            null,
            start,
            completion,
            new RunAudience(10L, null),
            new DeliveryCounts(10L, sent, 1L, 2L, null),
            null,
            null));
    return run;
  }

  private static Condition condition(String type, ConditionStatus status) {
    return new Condition(type, status, "R", "", "2026-10-26T08:00:00Z", 1L);
  }

  private static ObjectMeta metadata(String name) {
    return new ObjectMetaBuilder()
        .withNamespace("shop")
        .withName(name)
        .withCreationTimestamp("2026-10-26T08:00:00Z")
        .build();
  }
}
