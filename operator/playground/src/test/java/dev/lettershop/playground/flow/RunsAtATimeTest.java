package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Campaigns that send once. */
@Tag("slow")
class RunsAtATimeTest {
  private static Cluster cluster;
  private static Reconciling reconciling;

  private final Namespace shop = Namespace.create(cluster.server());
  private final Workers workers = new Workers(shop);

  @BeforeAll
  static void start() {
    cluster = Cluster.builder().start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() {
    reconciling.close();
    cluster.close();
  }

  @BeforeEach
  void surroundings() {
    shop.apply(Shop.SURROUNDINGS);
  }

  @Test
  void beforeItsTimeACampaignSaysWhenAndMakesNothing() {
    Instant at = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    shop.apply(campaign(at));
    shop.awaitReady("news");

    reconciling.awaitQuiet(shop.name());
    assertThat(shop.campaign("news").getStatus().nextRunTime()).isEqualTo(at.toString());
    assertThat(shop.list(CampaignRun.class)).isEmpty();
    assertThat(shop.list(CronJob.class)).isEmpty();
  }

  @Test
  void oneRunIsMadeWhenTheTimeHasCome() {
    Instant at = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
    shop.apply(campaign(at));

    String name = onlyRun();

    CampaignRun run = shop.run(name);
    assertThat(Instant.parse(run.getMetadata().getCreationTimestamp())).isAfterOrEqualTo(at);
    assertThat(run.hasOwnerReferenceFor(shop.campaign("news").getMetadata().getUid())).isTrue();
    workers.send(name, 2, 4);
    shop.awaitCondition(CampaignRun.class, name, "Succeeded", "True Succeeded");
    shop.awaitCondition(Campaign.class, "news", "LastRunSucceeded", "True Succeeded");
    assertThat(shop.campaign("news").getStatus().nextRunTime()).isNull();
    assertThat(shop.list(CampaignRun.class)).hasSize(1);
  }

  @Test
  void aRunThatTookPlaceIsNotMadeAgainWhenSomebodyDeletesIt() {
    shop.apply(campaign(Instant.now().minusSeconds(5)));
    String name = onlyRun();
    workers.send(name, 2, 4);
    shop.awaitCondition(Campaign.class, "news", "LastRunSucceeded", "True Succeeded");

    shop.delete(CampaignRun.class, name);
    eventually(() -> assertThat(shop.list(Job.class)).isEmpty());
    reconciling.awaitQuiet(shop.name());

    assertThat(shop.list(CampaignRun.class)).isEmpty();
    assertThat(shop.campaign("news").getStatus().lastRun().name()).isEqualTo(name);
    shop.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":3}}");
    shop.awaitReady("news");
    reconciling.awaitQuiet(shop.name());
    assertThat(shop.list(CampaignRun.class)).isEmpty();
  }

  @Test
  void afterTheStartingDeadlineNothingIsSentAndThatIsSaid() {
    shop.apply(campaign(Instant.now().minus(Duration.ofHours(2))));

    var ready = shop.awaitCondition(Campaign.class, "news", "Ready", "True Missed");
    assertThat(ready.message()).contains("starting deadline");
    reconciling.awaitQuiet(shop.name());
    assertThat(shop.list(CampaignRun.class)).isEmpty();
  }

  @Test
  void whileItIsSuspendedNothingBegins() {
    shop.apply(campaign(Instant.now().minusSeconds(5)) + "  suspend: true\n");
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Suspended");
    reconciling.awaitQuiet(shop.name());
    assertThat(shop.list(CampaignRun.class)).isEmpty();

    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":false}}");

    onlyRun();
  }

  @Test
  void aBrokenCampaignSendsWhenItIsMendedInTime() {
    shop.apply(
        campaign(Instant.now().minusSeconds(5)).replace("topic: newsletter", "topic: weather"));
    shop.awaitCondition(Campaign.class, "news", "Ready", "False Invalid");
    assertThat(shop.list(CampaignRun.class)).isEmpty();

    shop.patch(Campaign.class, "news", "{\"spec\":{\"topic\":\"newsletter\"}}");

    onlyRun();
  }

  @Test
  void anotherTimeIsAnotherRun() {
    shop.apply(campaign(Instant.now().minusSeconds(70)));
    String first = onlyRun();
    workers.send(first, 2, 1);
    shop.awaitCondition(CampaignRun.class, first, "Succeeded", "True Succeeded");

    shop.apply(campaign(Instant.now()));

    eventually(() -> assertThat(shop.list(CampaignRun.class)).hasSize(2));
  }

  private String onlyRun() {
    eventually(() -> assertThat(shop.list(CampaignRun.class)).hasSize(1));
    List<CampaignRun> runs = shop.list(CampaignRun.class);
    return runs.get(0).getMetadata().getName();
  }

  private static String campaign(Instant at) {
    return Shop.CAMPAIGN.replaceFirst(
        "schedule: .*", "schedule: {at: \"" + at.truncatedTo(ChronoUnit.SECONDS) + "\"}");
  }
}
