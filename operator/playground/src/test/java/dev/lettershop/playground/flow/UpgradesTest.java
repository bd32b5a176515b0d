package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.kubesim.Cluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Controllers of two releases that act at the same time, as they may for moments when a lease goes
 * from one to the other: each makes the CronJob its own, and neither loses a schedule or a run.
 */
class UpgradesTest {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final String FORMER = "lettershop-worker:1";
  private static final String NEWER = "lettershop-worker:2";

  private Cluster cluster;
  private Reconciling former;
  private Namespace shop;
  private Workers workers;

  @BeforeEach
  void aRunUnderWayAndAPausedSchedule() {
    cluster = Cluster.builder().start();
    former = Reconciling.ofRelease(cluster.server(), GRACE, FORMER);
    shop = Namespace.create(cluster.server());
    workers = new Workers(shop);
    shop.apply(Shop.ALL);
    shop.apply(Shop.named("paused", Shop.CAMPAIGN) + "  suspend: true\n");
    shop.awaitReady("news");
    shop.awaitCondition(Campaign.class, "paused", "Ready", "True Suspended");
    shop.apply(Shop.run("now"));
    workers.start("now", 0);
  }

  @AfterEach
  void stop() {
    former.close();
    cluster.close();
  }

  @Test
  void bothActAndThenTheNewerOneAndThenTheFormerOneAgain() {
    List<String> before = kept();

    Reconciling newer = Reconciling.ofRelease(cluster.server(), GRACE, NEWER);
    try {
      shop.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":3}}");
      eventually(
          () ->
              assertThat(shop.cronJob("news").getSpec().getJobTemplate().getSpec().getParallelism())
                  .isEqualTo(3));
      former.close();
      eventually(() -> assertThat(image("news")).isEqualTo(NEWER));
      shop.awaitReady("news");
      newer.awaitQuiet(shop.name());
      assertThat(kept()).as("after the upgrade").isEqualTo(before);

      former = Reconciling.ofRelease(cluster.server(), GRACE, FORMER);
    } finally {
      newer.close();
    }
    eventually(() -> assertThat(image("news")).isEqualTo(FORMER));
    former.awaitQuiet(shop.name());
    assertThat(kept()).as("after the way back").isEqualTo(before);
    assertThat(shop.cronJob("paused").getSpec().getSuspend()).isTrue();

    workers.send("now", 2, 4);
    shop.awaitCondition(CampaignRun.class, "now", "Succeeded", "True Succeeded");
    assertThat(shop.list(CampaignRun.class)).hasSize(1);
  }

  /** Uids of the schedules, and of the Job that runs. */
  private List<String> kept() {
    return List.of(
        shop.cronJob("news").getMetadata().getUid(),
        shop.cronJob("paused").getMetadata().getUid(),
        shop.job("now").getMetadata().getUid(),
        "" + shop.run("now").getStatus().completionTime());
  }

  private String image(String cronJob) {
    return shop.cronJob(cronJob)
        .getSpec()
        .getJobTemplate()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .getImage();
  }
}
