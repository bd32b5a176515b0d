package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Pods that cannot start, in ways that only Events tell. These are looked for when a Pod has been
 * left alone for a while; so everything is set going at once, and the tests wait together.
 */
class StuckPodsTest {
  private static final String QUOTA =
      "exceeded quota: pods, requested: pods=1, used: pods=0, limited: pods=0";
  private static final String NO_SECRET =
      "MountVolume.SetUp failed for volume \"db\": secret \"db\" not found";

  private static final AtomicBoolean FULL = new AtomicBoolean(true);
  private static Cluster cluster;
  private static Reconciling reconciling;
  private static Namespace hungry;
  private static Namespace forgetful;

  @BeforeAll
  static void start() {
    cluster = Cluster.builder().jobBackOff(Duration.ofMillis(1)).start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(30));
    hungry = Namespace.create(cluster.server());
    forgetful = Namespace.create(cluster.server());
    cluster
        .server()
        .refuse(
            "pods",
            pod ->
                FULL.get() && pod.at("/metadata/namespace").asText().equals(hungry.name())
                    ? Optional.of(QUOTA)
                    : Optional.empty());
    for (Namespace shop : new Namespace[] {hungry, forgetful}) {
      shop.apply(Shop.SURROUNDINGS);
      shop.apply(Shop.unscheduled());
      shop.apply(Shop.run("now"));
    }
    Pod pod = new Workers(forgetful).pending("now", 0);
    String now = Instant.now().toString();
    forgetful
        .client()
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName("mount." + pod.getMetadata().getUid())
                .withNamespace(forgetful.name())
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("Pod")
                .withNamespace(forgetful.name())
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .endInvolvedObject()
                .withType("Warning")
                .withReason("FailedMount")
                .withMessage(NO_SECRET)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .build())
        .create();
  }

  @AfterAll
  static void stop() {
    reconciling.close();
    cluster.close();
  }

  @Test
  void aQuotaThatForbidsPodsShowsAndClearsAgain() {
    awaitStuck(hungry, "FailedCreate", QUOTA);

    FULL.set(false);
    new Workers(hungry).start("now", 0);
    hungry.awaitCondition(CampaignRun.class, "now", "Succeeded", "Unknown Pending");
    hungry.awaitCondition(Campaign.class, "news", "LastRunSucceeded", "Unknown NoRuns");
  }

  @Test
  void aSecretThatIsMissingShowsAndClearsAgain() {
    awaitStuck(forgetful, "FailedMount", NO_SECRET);

    new Workers(forgetful).start("now", 0);
    forgetful.awaitCondition(CampaignRun.class, "now", "Succeeded", "Unknown Pending");
    forgetful.awaitCondition(Campaign.class, "news", "LastRunSucceeded", "Unknown NoRuns");
  }

  private static void awaitStuck(Namespace shop, String reason, String says) {
    await()
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThat(shop.condition(CampaignRun.class, "now", "Succeeded"))
                    .hasValueSatisfying(
                        succeeded -> {
                          assertThat(succeeded.reason()).isEqualTo(reason);
                          assertThat(succeeded.message()).contains(says);
                        }));
    shop.awaitCondition(Campaign.class, "news", "LastRunSucceeded", "Unknown " + reason);
    eventually(
        () ->
            assertThat(shop.events("CampaignRun", "now"))
                .anyMatch(event -> event.getReason().equals("PodsNotStarting")));
  }
}
