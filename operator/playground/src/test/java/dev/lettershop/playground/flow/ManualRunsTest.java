package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.experiment.ExperimentOutcome;
import dev.lettershop.api.v1alpha1.experiment.ExperimentStatus;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that somebody makes with kubectl or from Git. */
class ManualRunsTest {
  private static Cluster cluster;
  private static Reconciling reconciling;

  private final Namespace shop = Namespace.create(cluster.server());
  private final Workers workers = new Workers(shop);

  @BeforeAll
  static void start() {
    cluster = Cluster.builder().jobBackOff(Duration.ofMillis(50)).start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() {
    reconciling.close();
    cluster.close();
  }

  @BeforeEach
  void aCampaign() {
    shop.apply(Shop.SURROUNDINGS);
    shop.apply(Shop.unscheduled());
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Ready");
  }

  @Test
  void aRunGetsAJobOfItsNameAndEndsWithIt() {
    shop.apply(Shop.run("now"));

    Job job = job("now");
    assertThat(job.hasOwnerReferenceFor(shop.run("now").getMetadata().getUid())).isTrue();
    assertThat(job.getSpec().getParallelism()).isEqualTo(2);
    assertThat(job.getSpec().getCompletionMode()).isEqualTo("Indexed");
    assertThat(job.getMetadata().getLabels()).containsEntry("lettershop.dev/campaign", "news");
    awaitRun("now", "Unknown Pending");

    workers.send("now", 2, 50);

    awaitRun("now", "True Succeeded");
    CampaignRun run = shop.run("now");
    assertThat(run.getStatus().planHash()).isEqualTo(shop.campaign("news").getStatus().planHash());
    assertThat(run.getStatus().deliveries().sent()).isEqualTo(100);
    assertThat(run.getStatus().audience().selected()).isEqualTo(100);
    assertThat(run.getStatus().audience().skipped()).isEqualTo(Map.of("noConsent", 2L));
    assertThat(run.getStatus().startTime()).isNotNull();
    assertThat(run.getStatus().completionTime()).isNotNull();
    shop.awaitCondition(Campaign.class, "news", "LastRunSucceeded", "True Succeeded");
    assertThat(shop.campaign("news").getStatus().lastRun().name()).isEqualTo("now");
    assertThat(shop.campaign("news").getStatus().lastRun().sent()).isEqualTo(100);
  }

  @Test
  void aRunMadeBeforeItsCampaignWaitsForIt() {
    shop.apply(Shop.run("early").replace("{name: news}", "{name: later}"));
    assertThat(awaitRun("early", "Unknown CampaignNotFound"))
        .contains("spec.campaignRef.name")
        .contains("later");

    shop.apply(Shop.named("later", Shop.unscheduled()));

    job("early");
  }

  @Test
  void aRunOfABrokenCampaignWaitsUntilThatIsMended() {
    shop.patch(Segment.class, "regulars", "{\"spec\":{\"expression\":\"profile.visits >\"}}");
    shop.apply(Shop.run("now"));
    assertThat(awaitRun("now", "Unknown InvalidCampaign")).contains("spec.expression");
    assertThat(shop.job("now")).isNull();

    shop.patch(Segment.class, "regulars", "{\"spec\":{\"expression\":\"profile.visits > 4\"}}");

    job("now");
  }

  @Test
  void aDryRunSaysSoToItsWorkersAndDoesNotCountAsARun() {
    shop.apply(Shop.run("dry", ", dryRun: true"));

    assertThat(args(job("dry"))).contains("--dry-run");
    for (int shard = 0; shard < 2; shard++) {
      workers.end(
          "dry", shard, 0, Workers.message("DryRun", null, Workers.figures(null, 10, 0, 0)));
    }
    assertThat(awaitRun("dry", "True DryRun"))
        .isEqualTo("20 recipients would get mail; nothing was sent, because this is a dry run");
    reconciling.awaitQuiet(shop.name());
    assertThat(shop.campaign("news").getStatus().lastRun()).isNull();
  }

  @Test
  void testRecipientsAreHandedOverInAFileAndAppearNowhereElse() {
    shop.apply(Shop.run("test", ", testRecipients: [ada@example.com, bob@example.com]"));

    Job job = job("test");
    ConfigMap recipients = shop.get(ConfigMap.class, "test-recipients");
    assertThat(recipients.getData())
        .isEqualTo(Map.of("test-recipients", "ada@example.com\nbob@example.com\n"));
    assertThat(recipients.hasOwnerReferenceFor(shop.run("test").getMetadata().getUid())).isTrue();
    assertThat(args(job)).contains("--test-recipients=/etc/lettershop/run/test-recipients");
    assertThat(job.getSpec().getParallelism()).isEqualTo(1);
    assertThat(Serialization.asJson(job)).doesNotContain("ada@example.com");
    workers.end("test", 0, 0, Workers.message("Succeeded", null, Workers.figures(null, 2, 2, 0)));
    awaitRun("test", "True Succeeded");
    assertThat(Serialization.asJson(shop.run("test").getStatus())).doesNotContain("example.com");
    assertThat(Serialization.asJson(shop.events("CampaignRun", "test")))
        .doesNotContain("ada@example.com");
    assertThat(shop.campaign("news").getStatus().lastRun()).isNull();
  }

  @Test
  void aRunCanBePausedAndResumed() {
    shop.apply(Shop.run("now"));
    workers.start("now", 0);

    shop.patch(CampaignRun.class, "now", "{\"spec\":{\"suspend\":true}}");
    awaitRun("now", "Unknown Suspended");
    eventually(() -> assertThat(job("now").getSpec().getSuspend()).isTrue());

    shop.patch(CampaignRun.class, "now", "{\"spec\":{\"suspend\":false}}");
    eventually(() -> assertThat(job("now").getSpec().getSuspend()).isFalse());
    awaitRun("now", "Unknown Pending");
  }

  @Test
  void aRunCanBeMadePaused() {
    shop.apply(Shop.run("now", ", suspend: true"));

    awaitRun("now", "Unknown Suspended");
    assertThat(shop.list(Pod.class)).isEmpty();
  }

  @Test
  void runsOfACampaignGoOneAfterTheOtherTheOldestFirst() {
    shop.apply(Shop.run("zz-first"));
    workers.start("zz-first", 0);
    awaitNextSecond("zz-first");
    shop.apply(Shop.run("bb-second"));
    assertThat(awaitRun("bb-second", "Unknown Waiting")).contains("zz-first");
    awaitNextSecond("bb-second");
    shop.apply(Shop.run("aa-third"));
    awaitRun("aa-third", "Unknown Waiting");
    assertThat(suspended("bb-second")).isTrue();
    assertThat(suspended("aa-third")).isTrue();

    workers.send("zz-first", 2, 1);
    awaitRun("zz-first", "True Succeeded");
    eventually(() -> assertThat(suspended("bb-second")).isFalse());
    assertThat(suspended("aa-third")).isTrue();

    shop.delete(CampaignRun.class, "bb-second");
    eventually(() -> assertThat(suspended("aa-third")).isFalse());
  }

  @Test
  void aJobIsMadeForEachLookUntilTheExperimentIsDecided() {
    shop.apply(Shop.run("now"));
    Instant soon = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
    endBoth("now", undecided(1, soon));
    assertThat(awaitRun("now", "Unknown WaitingForDecision")).isEqualTo("80 people wait");

    Job look = job("now-look-1");
    assertThat(args(look)).contains("--run-name=now", "--shards=2");
    assertThat(look.hasOwnerReferenceFor(shop.run("now").getMetadata().getUid())).isTrue();
    endBoth("now-look-1", undecided(3, soon));
    endBoth("now-look-3", DECIDED);

    assertThat(awaitRun("now", "True Succeeded")).isEqualTo("20 of 20 sent");
    assertThat(shop.run("now").getStatus().experiment()).isEqualTo(DECIDED);
    reconciling.awaitQuiet(shop.name());
    assertThat(shop.list(Job.class))
        .extracting(job -> job.getMetadata().getName())
        .containsExactlyInAnyOrder("now", "now-look-1", "now-look-3");
  }

  @Test
  void nothingIsLookedAtWhileTheRunIsPaused() {
    shop.apply(Shop.run("now"));
    workers.pending("now", 0);
    shop.patch(CampaignRun.class, "now", "{\"spec\":{\"suspend\":true}}");
    awaitRun("now", "Unknown Suspended");
    // The Pods that go must not be taken for those that come.
    eventually(() -> assertThat(shop.list(Pod.class)).isEmpty());
    shop.patch(CampaignRun.class, "now", "{\"spec\":{\"suspend\":false}}");
    endBoth("now", undecided(1, Instant.now().plusSeconds(3600)));
    awaitRun("now", "Unknown WaitingForDecision");

    shop.patch(CampaignRun.class, "now", "{\"spec\":{\"suspend\":true}}");

    assertThat(awaitRun("now", "Unknown Suspended")).contains("80 people wait");
  }

  private static final ExperimentStatus DECIDED =
      new ExperimentStatus(
          ExperimentOutcome.Winner, "Beats", "b has won", "b", 80L, 5, null, null, null);

  private static ExperimentStatus undecided(int look, Instant at) {
    return new ExperimentStatus(
        ExperimentOutcome.Undecided,
        null,
        "80 people wait",
        null,
        80L,
        5,
        look,
        at.toString(),
        null);
  }

  private void endBoth(String job, ExperimentStatus experiment) {
    for (int shard = 0; shard < 2; shard++) {
      workers.end(
          job,
          shard,
          0,
          Workers.message("Succeeded", null, Workers.figures(ShardActivity.Finished, 10, 10, 0))
              .with(experiment));
    }
  }

  @Test
  void dryRunsAndTestsWaitForNobody() {
    shop.apply(Shop.run("real"));
    workers.start("real", 0);
    shop.apply(Shop.run("dry", ", dryRun: true"));
    shop.apply(Shop.run("test", ", testRecipients: [ada@example.com]"));

    assertThat(job("dry").getSpec().getSuspend()).isFalse();
    assertThat(job("test").getSpec().getSuspend()).isFalse();
  }

  @Test
  void aRunWhoseJobIsDeletedIsCancelledAndGetsNoOther() {
    shop.apply(Shop.run("now"));
    workers.start("now", 0);
    workers.report("now", 0, Workers.figures(null, 10, 4, 0));
    eventually(() -> assertThat(shop.run("now").getStatus().deliveries().sent()).isEqualTo(4));

    shop.delete(Job.class, "now");

    awaitRun("now", "False Cancelled");
    reconciling.awaitQuiet(shop.name());
    assertThat(shop.job("now")).isNull();
    assertThat(shop.run("now").getStatus().deliveries().sent()).isEqualTo(4);
    shop.awaitCondition(Campaign.class, "news", "LastRunSucceeded", "False Cancelled");
  }

  @Test
  void aRunWhoseCampaignIsDeletedIsStopped() {
    shop.apply(Shop.run("now"));
    workers.start("now", 0);
    workers.start("now", 1);
    awaitRun("now", "Unknown Pending");

    shop.delete(Campaign.class, "news");

    awaitRun("now", "False Cancelled");
    eventually(() -> assertThat(shop.job("now")).isNull());
    assertThat(shop.run("now")).isNotNull();
  }

  @Test
  void aDeletedRunTakesItsJobAlong() {
    shop.apply(Shop.run("now", ", testRecipients: [ada@example.com]"));
    job("now");

    shop.delete(CampaignRun.class, "now");

    eventually(
        () -> {
          assertThat(shop.job("now")).isNull();
          assertThat(shop.get(ConfigMap.class, "now-recipients")).isNull();
        });
  }

  /** The ledger remembers what resources do not. */
  @Test
  void aRunThatIsMadeAgainSaysThatEverythingWasSentAlready() {
    shop.apply(Shop.run("now"));
    workers.send("now", 2, 5);
    awaitRun("now", "True Succeeded");

    shop.delete(CampaignRun.class, "now");
    eventually(() -> assertThat(shop.job("now")).isNull());
    shop.apply(Shop.run("now"));
    for (int shard = 0; shard < 2; shard++) {
      workers.end(
          "now",
          shard,
          0,
          Workers.message(
              "AlreadyCompleted",
              "This run was completed at an earlier time",
              Workers.figures(null, 5, 5, 0)));
    }

    assertThat(awaitRun("now", "True AlreadyCompleted"))
        .isEqualTo("This run was completed at an earlier time");
  }

  @Test
  void aJobOfSomebodyElseOfTheSameNameIsLeftAlone() {
    Job foreign =
        Serialization.unmarshal(
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: now}
            spec:
              suspend: true
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: backup, image: "backup:1"}]
            """,
            Job.class);
    shop.client().resource(foreign).inNamespace(shop.name()).create();
    long mark = shop.mark();

    shop.apply(Shop.run("now"));

    assertThat(awaitRun("now", "Unknown NameConflict")).contains("Job now");
    assertThat(shop.job("now").getSpec().getTemplate().getSpec().getContainers().get(0).getImage())
        .isEqualTo("backup:1");
    assertThat(shop.writesSince(mark))
        .noneMatch(write -> write.path().endsWith("/jobs/now") && !write.verb().equals("create"));
  }

  @Test
  void runsMadeByHandAreNeverCleanedUp() {
    shop.patch(Campaign.class, "news", "{\"spec\":{\"history\":{\"keep\":1}}}");
    for (String name : List.of("one", "two", "three")) {
      shop.apply(Shop.run(name));
      workers.send(name, 2, 1);
      awaitRun(name, "True Succeeded");
    }
    reconciling.awaitQuiet(shop.name());

    assertThat(shop.list(CampaignRun.class)).hasSize(3);
    assertThat(shop.list(Job.class)).hasSize(3);
  }

  private Job job(String name) {
    eventually(() -> assertThat(shop.job(name)).as("Job " + name).isNotNull());
    return shop.job(name);
  }

  private boolean suspended(String job) {
    return job(job).getSpec().getSuspend();
  }

  /** Waits until the condition {@code Succeeded} is so; returns its message. */
  private String awaitRun(String name, String succeeded) {
    return shop.awaitCondition(CampaignRun.class, name, "Succeeded", succeeded).message();
  }

  /** Creation times have no fractions. */
  private void awaitNextSecond(String run) {
    String created = shop.run(run).getMetadata().getCreationTimestamp();
    eventually(
        () ->
            assertThat(java.time.Instant.now())
                .isAfterOrEqualTo(java.time.Instant.parse(created).plusSeconds(1)));
  }

  private static List<String> args(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs();
  }
}
