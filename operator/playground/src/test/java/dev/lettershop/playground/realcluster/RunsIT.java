package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs: the cluster's Job controller makes the Pods, the packaged worker runs in them as a
 * process with the token of {@code lettershop-worker}, the mails arrive in a real SMTP inbox.
 */
@Tag("cluster")
class RunsIT {
  private static final int EVERYBODY = ShopResources.PEOPLE;

  @TempDir static Path scratch;
  private static Shop shop;
  private static MailRoom mailRoom;

  @BeforeAll
  static void open() throws Exception {
    mailRoom = MailRoom.open(scratch);
    shop = Shop.open(scratch);
    shop.runPods(scratch.resolve("pods"));
  }

  @AfterAll
  static void close() throws Exception {
    if (shop != null) {
      shop.close();
    }
    if (mailRoom != null) {
      mailRoom.close();
    }
  }

  @BeforeEach
  void surroundings() throws Exception {
    shop.apply(mailRoom.surroundings());
  }

  @Test
  void everybodyIsMailedOnceAndTheStatusSaysSo() throws Exception {
    campaign(ShopResources.campaign("welcome"), "welcome");

    shop.apply(ShopResources.run("welcome-1", "welcome"));
    JsonNode run = succeeded("welcome-1");

    assertThat(run.at("/status/audience/selected").asInt()).isEqualTo(EVERYBODY);
    assertThat(run.at("/status/deliveries/sent").asInt()).isEqualTo(EVERYBODY);
    assertThat(run.at("/status/planHash").asText()).startsWith("sha256:");
    assertThat(run.at("/status/startTime").asText()).isNotEmpty();
    assertThat(run.at("/status/completionTime").asText()).isNotEmpty();
    assertThat(run.at("/status/shards")).hasSize(2);
    assertThat(recipientsOf("welcome")).hasSize(EVERYBODY).doesNotHaveDuplicates();
    JsonNode campaign = shop.await("campaigns", "welcome", "LastRunSucceeded", "True");
    assertThat(campaign.at("/status/lastRun/name").asText()).isEqualTo("welcome-1");
    assertThat(campaign.at("/status/lastRun/sent").asInt()).isEqualTo(EVERYBODY);
  }

  @Test
  void aJobMadeByHandFromTheCronJobMailsEverybody() throws Exception {
    campaign(ShopResources.campaign("by-job"), "by-job");

    shop.createJobFrom("by-job", "by-job-1");
    JsonNode run = succeeded("by-job-1");

    assertThat(run.at("/status/deliveries/sent").asInt()).isEqualTo(EVERYBODY);
    assertThat(recipientsOf("by-job")).hasSize(EVERYBODY).doesNotHaveDuplicates();
  }

  @Test
  void everythingDeletedAndMadeAgainSendsNothingTwiceAndSaysWhy() throws Exception {
    campaign(ShopResources.campaign("again"), "again");
    shop.apply(ShopResources.run("again-1", "again"));
    succeeded("again-1");

    shop.namespace().delete(ShopResources.campaign("again"));
    shop.namespace().delete(ShopResources.run("again-1", "again"));
    shop.namespace().delete(mailRoom.surroundings());
    Shop.within(90, "everything is gone")
        .until(() -> shop.job("again-1") == null && shop.cronJob("again") == null);
    shop.apply(mailRoom.surroundings());
    campaign(ShopResources.campaign("again"), "again");
    shop.apply(ShopResources.run("again-1", "again"));
    JsonNode run = succeeded("again-1");

    assertThat(run.at("/status/conditions"))
        .extracting(c -> c.path("reason").asText())
        .contains("AlreadyCompleted");
    assertThat(recipientsOf("again")).hasSize(EVERYBODY).doesNotHaveDuplicates();
  }

  @Test
  void aRunUnderWayPausesAndGoesOnWhereItWas() throws Exception {
    campaign(ShopResources.slowCampaign("pausing"), "pausing");
    shop.apply(ShopResources.run("pausing-1", "pausing"));
    firstMailOf("pausing");

    shop.patch("campaignruns", "pausing-1", "{\"spec\":{\"suspend\":true}}");
    Shop.within(60, "its Pods are gone").until(() -> areGone(shop.podsOf("pausing-1")));
    int paused = recipientsOf("pausing").size();
    Awaitility.await("nobody is mailed")
        .during(Duration.ofSeconds(5))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(recipientsOf("pausing").size() - paused).isLessThan(2));
    assertThat(paused).isLessThan(EVERYBODY);
    shop.patch("campaignruns", "pausing-1", "{\"spec\":{\"suspend\":false}}");
    JsonNode run = succeeded("pausing-1");

    assertThat(recipientsOf("pausing")).hasSize(EVERYBODY).doesNotHaveDuplicates();
    assertThat(run.at("/status/deliveries/sent").asInt()).isEqualTo(EVERYBODY);
  }

  @Test
  void aControllerThatIsKilledInTheMiddleCompletesTheStatusWhenItIsBack() throws Exception {
    campaign(ShopResources.slowCampaign("orphaned"), "orphaned");
    shop.apply(ShopResources.run("orphaned-1", "orphaned"));
    firstMailOf("orphaned");

    shop.controller().kill();
    try {
      Shop.within(90, "the Job goes on without it")
          .until(() -> shop.job("orphaned-1").getStatus().getCompletionTime() != null);
    } finally {
      shop.controller().start();
    }
    JsonNode run = succeeded("orphaned-1");

    assertThat(run.at("/status/deliveries/sent").asInt()).isEqualTo(EVERYBODY);
    assertThat(recipientsOf("orphaned")).hasSize(EVERYBODY).doesNotHaveDuplicates();
  }

  @Test
  void aCampaignDeletedInTheMiddleStopsAndItsLedgerStays() throws Exception {
    campaign(ShopResources.slowCampaign("deleted"), "deleted");
    shop.createJobFrom("deleted", "deleted-1");
    firstMailOf("deleted");

    shop.namespace().delete(ShopResources.slowCampaign("deleted"));
    Shop.within(90, "its Job and Pods are gone")
        .until(() -> shop.job("deleted-1") == null && shop.podsOf("deleted-1").isEmpty());
    assertThat(recipientsOf("deleted")).hasSizeLessThan(EVERYBODY);

    campaign(ShopResources.slowCampaign("deleted"), "deleted");
    shop.apply(ShopResources.run("deleted-1", "deleted"));
    succeeded("deleted-1");
    assertThat(recipientsOf("deleted")).hasSize(EVERYBODY).doesNotHaveDuplicates();
  }

  @Test
  void aTestGoesToItsRecipientsOnly() throws Exception {
    campaign(ShopResources.campaign("tested"), "tested");
    String tester = "zebulon.7@" + ShopResources.ADDRESS_MARK;

    shop.apply(
        ShopResources.run("tested-1", "tested")
            .replace("spec: {", "spec: {testRecipients: [" + tester + "], "));
    succeeded("tested-1");

    assertThat(recipientsOf("tested")).containsExactly(tester);
  }

  @Test
  void aDryRunMailsNobodyAndSaysHowManyItWouldHave() throws Exception {
    campaign(ShopResources.campaign("rehearsed"), "rehearsed");

    shop.apply(
        ShopResources.run("rehearsed-1", "rehearsed").replace("spec: {", "spec: {dryRun: true, "));
    JsonNode run = succeeded("rehearsed-1");

    assertThat(run.at("/status/conditions").toString())
        .contains("DryRun")
        .contains(EVERYBODY + " recipients would get mail");
    assertThat(recipientsOf("rehearsed")).isEmpty();
  }

  @Test
  void anAudienceBeyondTheLimitIsRefusedBeforeTheFirstMail() throws Exception {
    campaign(
        ShopResources.campaign("limited") + "  limits: {maxRecipients: " + (EVERYBODY - 1) + "}\n",
        "limited");

    shop.apply(ShopResources.run("limited-1", "limited"));
    Shop.within(120, "the run has been refused")
        .until(
            () ->
                Cluster.condition(shop.get("campaignruns", "limited-1"), "Succeeded")
                    .equals("False"));

    assertThat(shop.get("campaignruns", "limited-1").at("/status/conditions").toString())
        .contains("TooManyRecipients")
        .contains("limits.maxRecipients");
    assertThat(recipientsOf("limited")).isEmpty();
  }

  @Test
  void aRunWithoutItsSecretSaysWhatIsMissingAndGoesOnWhenItIsThere() throws Exception {
    campaign(ShopResources.campaign("locked"), "locked");
    shop.client().secrets().inNamespace(shop.namespace().name()).withName("links").delete();

    shop.apply(ShopResources.run("locked-1", "locked"));
    Shop.within(60, "the run says what is missing")
        .untilAsserted(
            () ->
                assertThat(shop.get("campaignruns", "locked-1").at("/status/conditions").toString())
                    .contains("links"));
    shop.apply(mailRoom.surroundings());
    JsonNode run = succeeded("locked-1");

    assertThat(run.at("/status/conditions").toString()).doesNotContain("links");
    assertThat(recipientsOf("locked")).hasSize(EVERYBODY).doesNotHaveDuplicates();
  }

  @Test
  void runsBeyondTheHistoryGoAndTheNewestStays() throws Exception {
    campaign(
        ShopResources.campaign("forgetful").replace("parallelism: 2", "history: {keep: 1}"),
        "forgetful");

    shop.createJobFrom("forgetful", "forgetful-1");
    succeeded("forgetful-1");
    shop.createJobFrom("forgetful", "forgetful-2");
    succeeded("forgetful-2");

    Shop.within(60, "the older run and its Job are gone")
        .until(
            () -> !shop.exists("campaignruns", "forgetful-1") && shop.job("forgetful-1") == null);
    assertThat(shop.exists("campaignruns", "forgetful-2")).isTrue();
    assertThat(recipientsOf("forgetful")).hasSize(2 * EVERYBODY);
  }

  @Test
  void nothingPersonalIsInWhatTheControllerAndTheWorkersWrite() throws Exception {
    campaign(ShopResources.campaign("discreet"), "discreet");
    shop.apply(ShopResources.run("discreet-1", "discreet"));
    succeeded("discreet-1");

    assertThat(shop.controller().log())
        .doesNotContain(ShopResources.NAME_MARK)
        .doesNotContain(ShopResources.ADDRESS_MARK);
    assertThat(shop.statusesAndEvents())
        .contains("discreet-1")
        .doesNotContain(ShopResources.NAME_MARK)
        .doesNotContain(ShopResources.ADDRESS_MARK);
  }

  private static void campaign(String yaml, String name) throws Exception {
    shop.apply(yaml);
    shop.await("campaigns", name, "Ready", "True");
  }

  private static JsonNode succeeded(String run) throws Exception {
    Shop.within(120, run + " has ended")
        .until(
            () ->
                List.of("True", "False")
                    .contains(Cluster.condition(shop.get("campaignruns", run), "Succeeded")));
    JsonNode ended = shop.get("campaignruns", run);
    assertThat(Cluster.condition(ended, "Succeeded"))
        .as(ended.get("status").toString())
        .isEqualTo("True");
    return ended;
  }

  /** Pods that have ended by themselves stay, whatever becomes of their Job. */
  private static boolean areGone(List<Pod> pods) {
    return pods.stream()
        .allMatch(pod -> List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()));
  }

  private static void firstMailOf(String campaign) {
    Shop.within(90, campaign + " has begun to send").until(() -> !recipientsOf(campaign).isEmpty());
  }

  private static List<String> recipientsOf(String campaign) {
    return mailRoom.recipientsOf(campaign);
  }
}
