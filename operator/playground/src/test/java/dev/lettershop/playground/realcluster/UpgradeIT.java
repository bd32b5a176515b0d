package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * An upgrade and the way back: newer CRDs, a controller of another release beside the former one,
 * and a run under way all the time. The schedule is the same CronJob, the run the same Job.
 */
@Tag("cluster")
@Isolated("changes the CRDs that all tests of this cluster use")
class UpgradeIT {
  private static final String NEWER_IMAGE = "lettershop-worker:newer";
  private static final Map<String, String> FIELDS =
      Map.of("newSwitch", "{\"type\":\"boolean\",\"default\":true}");

  @TempDir Path scratch;
  @TempDir Path another;
  @TempDir Path third;
  private Shop shop;
  private Cluster cluster;

  @BeforeEach
  void aRunUnderWay() throws Exception {
    shop = Shop.open(scratch);
    cluster = Cluster.connect();
    shop.apply(
        ShopResources.surroundings(
            new ShopResources.Place("db.example", 5432),
            "shop",
            new ShopResources.Place("mail.example", 25)));
    shop.apply(ShopResources.campaign("steady"));
    shop.await("campaigns", "steady", "Ready", "True");
    shop.apply(ShopResources.campaign("paused"));
    shop.patch("campaigns", "paused", "{\"spec\":{\"suspend\":true}}");
    Shop.within(60, "one is paused").until(() -> shop.cronJob("paused").getSpec().getSuspend());
    shop.apply(ShopResources.run("now", "steady"));
    shop.createJobFrom("steady", "scheduled");
    Shop.within(60, "its Pods are there").until(() -> shop.podsOf("now").size() == 2);
    Shop.within(60, "the Job has a run").until(() -> shop.exists("campaignruns", "scheduled"));
  }

  @AfterEach
  void close() throws Exception {
    cluster.applyShipped();
    cluster.close();
    shop.close();
  }

  @Test
  void schedulesAndRunsOutliveAnUpgradeAndTheWayBack() throws Exception {
    Kept before = Kept.of(shop);

    cluster.applyNewer("campaigns", FIELDS);
    cluster.applyNewer("campaignruns", FIELDS);
    try (ControllerProcess newer =
        ControllerProcess.start(cluster, shop.namespace(), another, NEWER_IMAGE)) {
      shop.patch("campaigns", "steady", "{\"spec\":{\"parallelism\":2}}");
      shop.await("campaigns", "steady", "Ready", "True");
      assertThat(Kept.of(shop)).as("while both are there").isEqualTo(before);

      shop.controller().stop();
      Shop.within(60, "the newer one has taken over")
          .until(() -> image(shop.cronJob("steady")).equals(NEWER_IMAGE));
      shop.await("campaigns", "steady", "Ready", "True");
      assertThat(Kept.of(shop)).as("after the upgrade").isEqualTo(before);
      assertThat(shop.cronJob("paused").getSpec().getSuspend()).isTrue();

      cluster.applyShipped();
      shop.controller().start();
      newer.stop();
      Shop.within(60, "the former one has taken over")
          .until(() -> image(shop.cronJob("steady")).equals(ControllerProcess.WORKER_IMAGE));
      assertThat(Kept.of(shop)).as("after the way back").isEqualTo(before);
      assertThat(shop.cronJob("paused").getSpec().getSuspend()).isTrue();
    }

    finish("now");
    JsonNode run = shop.await("campaignruns", "now", "Succeeded", "True");
    assertThat(run.at("/status/startTime").isMissingNode()).isFalse();
    assertThat(shop.get("campaigns", "steady").at("/status/lastRun/name").asText())
        .isIn("now", "scheduled", "");
  }

  /** Its workers end as they do when everybody has got mail. */
  private void finish(String job) {
    for (Pod pod : shop.podsOf(job)) {
      shop.client()
          .pods()
          .inNamespace(shop.namespace().name())
          .withName(pod.getMetadata().getName())
          .editStatus(
              current -> {
                current.getStatus().setPhase("Succeeded");
                return current;
              });
    }
  }

  private static String image(CronJob cronJob) {
    return cronJob
        .getSpec()
        .getJobTemplate()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .getImage();
  }

  /** Who is who: another uid is another object, and a run that has ended does not go on. */
  private record Kept(String steady, String paused, String job, String scheduled, String over) {
    static Kept of(Shop shop) throws Exception {
      return new Kept(
          shop.cronJob("steady").getMetadata().getUid(),
          shop.cronJob("paused").getMetadata().getUid(),
          shop.job("now").getMetadata().getUid() + shop.podsOf("now").size(),
          shop.job("scheduled").getMetadata().getUid()
              + shop.get("campaignruns", "scheduled").at("/metadata/uid").asText(),
          shop.get("campaignruns", "now").at("/status/completionTime").asText()
              + shop.get("campaignruns", "scheduled").at("/status/completionTime").asText());
    }
  }
}
