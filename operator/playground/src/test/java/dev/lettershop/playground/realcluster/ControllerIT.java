package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged controller, with no more rights than the shipped roles give, and the cluster's own
 * controllers. No Pod ever runs here: the mails are {@link RunsIT}'s.
 */
@Tag("cluster")
class ControllerIT {
  private static final int SHARDS = 2;
  private static final int PATCHES = 60;
  private static final Duration STEADY = Duration.ofSeconds(20);

  @TempDir static Path scratch;
  private static Shop shop;

  @BeforeAll
  static void open() throws Exception {
    shop = Shop.open(scratch);
    shop.apply(
        ShopResources.surroundings(
            new ShopResources.Place("db.example", 5432),
            "shop",
            new ShopResources.Place("mail.example", 25)));
  }

  @AfterAll
  static void close() throws Exception {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void aCampaignBecomesACronJobInItsTimeZone() throws Exception {
    campaign("zoned");

    CronJob cronJob = shop.cronJob("zoned");

    assertThat(cronJob.getSpec().getSchedule()).isEqualTo("0 9 * * MON");
    assertThat(cronJob.getSpec().getTimeZone()).isEqualTo("Europe/Berlin");
    assertThat(cronJob.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
    assertThat(cronJob.getSpec().getStartingDeadlineSeconds()).isEqualTo(3600);
    assertThat(cronJob.getMetadata().getOwnerReferences())
        .singleElement()
        .extracting(OwnerReference::getKind, OwnerReference::getName, OwnerReference::getController)
        .containsExactly("Campaign", "zoned", true);
  }

  @Test
  void aTimeZoneThatDoesNotExistIsReported() throws Exception {
    shop.apply(ShopResources.campaign("martian").replace("Europe/Berlin", "Mars/Olympus"));

    JsonNode stalled = shop.await("campaigns", "martian", "Ready", "False");

    assertThat(stalled.at("/status/conditions").toString())
        .contains("spec.schedule.timeZone")
        .contains("Mars/Olympus");
    assertThat(shop.cronJob("martian")).isNull();
  }

  @Test
  void aTimeZoneThatChangesReachesTheCronJob() throws Exception {
    campaign("moving");

    shop.patch(
        "campaigns", "moving", "{\"spec\":{\"schedule\":{\"timeZone\":\"America/New_York\"}}}");

    Shop.within(30, "the CronJob follows")
        .until(() -> shop.cronJob("moving").getSpec().getTimeZone().equals("America/New_York"));
  }

  @Test
  void sourcesAndSegmentsWithAScheduleHaveCronJobsOfTheirOwnUntilTheyHaveNone() throws Exception {
    shop.apply(ShopResources.scheduledSource("orders"));
    shop.apply(ShopResources.refreshedSegment("fresh"));

    shop.await("profilesources", "orders", "Ready", "True");
    shop.await("segments", "fresh", "Ready", "True");
    assertThat(shop.cronJob("orders-sync").getSpec().getTimeZone()).isEqualTo("Asia/Kolkata");
    assertThat(shop.cronJob("fresh-refresh").getSpec().getSchedule()).isEqualTo("@daily");

    shop.patch("segments", "fresh", "{\"spec\":{\"refresh\":null}}");
    Shop.within(30, "the segment's CronJob is gone")
        .until(() -> shop.cronJob("fresh-refresh") == null);
    shop.namespace().delete(ShopResources.scheduledSource("orders"));
    Shop.within(60, "the source's CronJob is gone")
        .until(() -> shop.cronJob("orders-sync") == null);
  }

  @Test
  void aCampaignForOneMomentRunsOnceWhenItHasCome() throws Exception {
    Instant moment = Instant.now().plusSeconds(10).truncatedTo(ChronoUnit.SECONDS);
    shop.apply(
        ShopResources.campaign("once")
            .replaceAll("schedule: .*", "schedule: {at: \"" + moment + "\"}"));
    shop.await("campaigns", "once", "Ready", "True");

    Shop.within(60, "the moment has come").until(() -> !runsOf("once").isEmpty());

    JsonNode run = runsOf("once").get(0);
    assertThat(Instant.parse(run.at("/metadata/creationTimestamp").asText()))
        .isAfterOrEqualTo(moment);
    Shop.within(30, "the run has a Job")
        .until(() -> shop.job(run.at("/metadata/name").asText()) != null);
    assertThat(shop.cronJob("once")).isNull();
    assertThat(runsOf("once")).hasSize(1);
  }

  @Test
  void everyKindSettles() throws Exception {
    campaign("settled");

    shop.await("profilestores", "default", "Ready", "True");
    shop.await("profilesources", "people", "Ready", "True");
    shop.await("segments", "joined", "Ready", "True");
    shop.await("emailtemplates", "hello", "Ready", "True");
    shop.await("mailtransports", "default", "Ready", "True");
  }

  @Test
  void whoeverEditsTheCronJobIsOverruled() throws Exception {
    campaign("edited");

    shop.client()
        .resource(shop.cronJob("edited"))
        .edit(
            cronJob -> {
              cronJob.getSpec().setSchedule("* * * * *");
              return cronJob;
            });

    Shop.within(30, "the schedule is the campaign's again")
        .until(() -> shop.cronJob("edited").getSpec().getSchedule().equals("0 9 * * MON"));
  }

  @Test
  void aSuspendedCampaignKeepsItsCronJobSuspendedUntilItIsResumed() throws Exception {
    campaign("paused");

    shop.patch("campaigns", "paused", "{\"spec\":{\"suspend\":true}}");
    Shop.within(30, "the CronJob is suspended")
        .until(() -> shop.cronJob("paused").getSpec().getSuspend());
    JsonNode suspended = shop.await("campaigns", "paused", "Ready", "True");
    shop.patch("campaigns", "paused", "{\"spec\":{\"suspend\":false}}");

    assertThat(suspended.at("/status/conditions"))
        .extracting(c -> c.path("reason").asText())
        .contains("Suspended");
    Shop.within(30, "the CronJob is resumed")
        .until(() -> !shop.cronJob("paused").getSpec().getSuspend());
  }

  @Test
  void aScheduleMakesAJobAndTheJobGetsItsRun() throws Exception {
    campaign("minutely");
    shop.patch("campaigns", "minutely", "{\"spec\":{\"schedule\":{\"cron\":\"* * * * *\"}}}");

    Shop.within(120, "the schedule has made a Job").until(() -> !jobsOf("minutely").isEmpty());
    Job job = jobsOf("minutely").get(0);
    JsonNode run = runOf(job.getMetadata().getName());
    shop.patch("campaigns", "minutely", "{\"spec\":{\"suspend\":true}}");

    assertThat(job.getMetadata().getName()).matches("minutely-\\d+");
    assertThat(run.at("/spec/campaignRef/name").asText()).isEqualTo("minutely");
    assertThat(run.at("/metadata/ownerReferences/0/kind").asText()).isEqualTo("Campaign");
  }

  @Test
  void aJobMadeByHandFromTheCronJobGetsItsRun() throws Exception {
    campaign("by-hand");

    Job job = shop.createJobFrom("by-hand", "by-hand-now");

    assertThat(job.getSpec().getCompletions()).isEqualTo(SHARDS);
    assertThat(runOf("by-hand-now").at("/spec/campaignRef/name").asText()).isEqualTo("by-hand");
  }

  @Test
  void aRunMadeByHandGetsItsJobAndPausesWithIt() throws Exception {
    campaign("manual");

    shop.apply(ShopResources.run("manual-now", "manual"));
    Shop.within(30, "the run has a Job").until(() -> shop.job("manual-now") != null);
    assertThat(shop.job("manual-now").getMetadata().getOwnerReferences())
        .singleElement()
        .extracting(OwnerReference::getKind, OwnerReference::getName)
        .containsExactly("CampaignRun", "manual-now");

    shop.patch("campaignruns", "manual-now", "{\"spec\":{\"suspend\":true}}");
    Shop.within(30, "the Job is suspended")
        .until(() -> shop.job("manual-now").getSpec().getSuspend());
    shop.patch("campaignruns", "manual-now", "{\"spec\":{\"suspend\":false}}");
    Shop.within(30, "the Job is resumed")
        .until(() -> !shop.job("manual-now").getSpec().getSuspend());
  }

  @Test
  void deletingACampaignRemovesAllThatItMade() throws Exception {
    campaign("gone");
    shop.createJobFrom("gone", "gone-1");
    runOf("gone-1");

    shop.namespace().delete(ShopResources.campaign("gone"));

    Shop.within(90, "everything of the campaign is gone")
        .untilAsserted(
            () ->
                assertThat(shop.versions().keySet())
                    .filteredOn(name -> !name.startsWith("events/"))
                    .noneMatch(name -> name.contains("/gone")));
  }

  @Test
  void aRunMadeByHandOutlivesItsCampaignButDoesNotGoOn() throws Exception {
    campaign("left");
    shop.apply(ShopResources.run("left-1", "left"));
    Shop.within(30, "the run has a Job").until(() -> shop.job("left-1") != null);

    shop.namespace().delete(ShopResources.campaign("left"));

    Shop.within(60, "its Job is gone").until(() -> shop.job("left-1") == null);
    shop.await("campaignruns", "left-1", "Succeeded", "False");
  }

  @Test
  void aMistakeIsReportedAndTheLastGoodCronJobStays() throws Exception {
    campaign("mistaken");
    String plan = planOf("mistaken");

    shop.patch(
        "campaigns",
        "mistaken",
        "{\"spec\":{\"content\":{\"rules\":[{\"when\":\"profile.ctiy == 'Rome'\",\"set\":{\"greeting\":\"Hi\"}}]}}}");
    JsonNode stalled = shop.await("campaigns", "mistaken", "Ready", "False");

    assertThat(stalled.at("/status/conditions").toString())
        .contains("spec.content.rules[0].when")
        .contains("city");
    assertThat(planOf("mistaken")).isEqualTo(plan);

    shop.patch("campaigns", "mistaken", "{\"spec\":{\"content\":{\"rules\":null}}}");
    shop.await("campaigns", "mistaken", "Ready", "True");
    Shop.within(30, "the fixed plan is applied").until(() -> !planOf("mistaken").equals(plan));
  }

  @Test
  void figuresThatWorkersPatchAtTheSameTimeAllArrive() throws Exception {
    campaign("busy");
    shop.apply(ShopResources.run("busy-now", "busy"));
    Shop.within(30, "the run has a Job").until(() -> shop.job("busy-now") != null);

    try (KubernetesClient worker = shop.namespace().as("lettershop-worker")) {
      Api api = new Api(worker);
      String status = shop.namespace().path("campaignruns") + "/busy-now/status";
      for (int sent = 1; sent <= PATCHES; sent++) {
        for (int shard = 0; shard < SHARDS; shard++) {
          Answer patched =
              api.patch(
                  status,
                  Api.MERGE,
                  "{\"status\":{\"shards\":{\"%d\":{\"sent\":%d,\"time\":\"2026-11-01T09:00:00Z\"}}}}"
                      .formatted(shard, sent));
          assertThat(patched.ok()).as(patched.message()).isTrue();
        }
      }
    }

    Shop.within(30, "the sum is that of all shards")
        .until(
            () ->
                shop.get("campaignruns", "busy-now").at("/status/deliveries/sent").asInt()
                    == SHARDS * PATCHES);
  }

  @Test
  void aWorkerMayPatchAStatusAndDoNothingElse() throws Exception {
    campaign("watched");
    Shop.within(30, "the worker's account is there")
        .until(
            () ->
                shop.client()
                        .rbac()
                        .roleBindings()
                        .inNamespace(shop.namespace().name())
                        .withName("lettershop-worker")
                        .get()
                    != null);
    String namespace = shop.namespace().name();
    try (KubernetesClient worker = shop.namespace().as("lettershop-worker")) {
      Api api = new Api(worker);

      // 404: allowed, and not there.
      assertThat(patchStatus(api, "campaignruns")).isEqualTo(404);
      assertThat(patchStatus(api, "segments")).isEqualTo(404);
      assertThat(patchStatus(api, "profilesources")).isEqualTo(404);
      assertThat(patchStatus(api, "campaigns")).isEqualTo(404);
      assertThat(patchStatus(api, "emailtemplates")).isEqualTo(403);
      assertThat(api.patch(shop.namespace().path("campaigns") + "/watched", Api.MERGE, "{}").code())
          .isEqualTo(403);
      for (String path :
          List.of(
              shop.namespace().path("campaignruns"),
              shop.namespace().path("campaigns") + "/watched",
              "/api/v1/namespaces/" + namespace + "/secrets/db",
              "/api/v1/namespaces/" + namespace + "/configmaps",
              "/api/v1/namespaces/" + namespace + "/pods")) {
        assertThat(api.get(path).code()).as(path).isEqualTo(403);
      }
    }
  }

  @Test
  void aQuotaThatForbidsPodsIsReportedAndForgottenWhenItIsGone() throws Exception {
    campaign("hungry");
    ResourceQuota quota =
        shop.client()
            .resource(
                new ResourceQuotaBuilder()
                    .withNewMetadata()
                    .withName("no-pods")
                    .withNamespace(shop.namespace().name())
                    .endMetadata()
                    .withNewSpec()
                    .addToHard("pods", new Quantity("0"))
                    .endSpec()
                    .build())
            .create();
    try {
      Shop.within(60, "the quota is in force")
          .until(() -> shop.client().resource(quota).get().getStatus().getHard() != null);

      shop.apply(ShopResources.run("hungry-now", "hungry"));

      Shop.within(60, "the run says what is in the way")
          .untilAsserted(
              () ->
                  assertThat(succeededOf("hungry-now").toString())
                      .contains("FailedCreate")
                      .contains("no-pods"));
    } finally {
      shop.client().resource(quota).delete();
    }
    Shop.within(120, "the run waits for its Pods and nothing else")
        .untilAsserted(
            () ->
                assertThat(succeededOf("hungry-now").path("reason").asText()).isEqualTo("Pending"));
  }

  @Test
  void whoLeadsIsFollowedByAnotherWhenItIsKilled(@TempDir Path another) throws Exception {
    campaign("before");
    try (ControllerProcess second =
        ControllerProcess.start(shop.cluster(), shop.namespace(), another)) {
      String leader = leader();
      shop.controller().kill();
      try {
        shop.apply(ShopResources.campaign("after"));

        shop.await("campaigns", "after", "Ready", "True");
        assertThat(leader()).isNotEqualTo(leader);
        assertThat(second.log()).doesNotContainIgnoringCase("is forbidden");
      } finally {
        shop.controller().start();
      }
    }
    campaign("after-all");
  }

  private static String leader() {
    return shop.client()
        .leases()
        .inNamespace(shop.namespace().name())
        .withName("lettershop-controller")
        .get()
        .getSpec()
        .getHolderIdentity();
  }

  /** The condition of a run; without fields while it has none. */
  private static JsonNode succeededOf(String run) throws Exception {
    for (JsonNode condition : shop.get("campaignruns", run).at("/status/conditions")) {
      if (condition.path("type").asText().equals("Succeeded")) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  @Test
  void nothingIsWrittenWhenNothingChanges() throws Exception {
    campaign("steady");
    shop.apply(ShopResources.run("steady-now", "steady"));
    Shop.within(30, "the run has a Job").until(() -> shop.job("steady-now") != null);

    AtomicReference<Map<String, String>> before = new AtomicReference<>(Map.of());
    Shop.within(60, "everything has settled")
        .pollInterval(Duration.ofSeconds(8))
        .until(() -> shop.versions().equals(before.getAndSet(shop.versions())));

    Awaitility.await("nothing is written")
        .during(STEADY)
        .atMost(STEADY.multipliedBy(2))
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(shop.versions()).isEqualTo(before.get()));

    shop.controller().stop();
    shop.controller().start();
    campaign("steady-still");
    assertThat(shop.versions())
        .as("what was there before is as it was, though all of it was looked at again")
        .containsAllEntriesOf(before.get());
  }

  private static void campaign(String name) throws Exception {
    shop.apply(ShopResources.campaign(name));
    shop.await("campaigns", name, "Ready", "True");
    Shop.within(30, name + " has a CronJob").until(() -> shop.cronJob(name) != null);
  }

  private static JsonNode runOf(String job) throws Exception {
    Shop.within(30, job + " has a run").until(() -> shop.exists("campaignruns", job));
    return shop.get("campaignruns", job);
  }

  private static List<Job> jobsOf(String campaign) {
    return shop.client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(shop.namespace().name())
        .withLabel("lettershop.dev/campaign", campaign)
        .list()
        .getItems();
  }

  private static List<JsonNode> runsOf(String campaign) throws Exception {
    List<JsonNode> runs = new ArrayList<>();
    String all = shop.namespace().path("campaignruns");
    for (JsonNode run : shop.cluster().api().get(all).json().path("items")) {
      if (run.at("/spec/campaignRef/name").asText().equals(campaign)) {
        runs.add(run);
      }
    }
    return runs;
  }

  private static String planOf(String campaign) {
    return shop.cronJob(campaign)
        .getSpec()
        .getJobTemplate()
        .getMetadata()
        .getAnnotations()
        .get("lettershop.dev/plan");
  }

  private static int patchStatus(Api api, String plural) throws Exception {
    return api.patch(shop.namespace().path(plural) + "/nobody/status", Api.MERGE, "{\"status\":{}}")
        .code();
  }
}
