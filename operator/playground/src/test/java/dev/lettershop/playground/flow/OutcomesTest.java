package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import dev.lettershop.job.TerminationMessage;
import dev.lettershop.kubesim.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Pods come to, and what is made of that in the status. */
class OutcomesTest {
  private static Cluster cluster;
  private static Reconciling reconciling;

  private final Namespace shop = Namespace.create(cluster.server());
  private final Workers workers = new Workers(shop);

  @BeforeAll
  static void start() {
    cluster = Cluster.builder().jobBackOff(Duration.ofMillis(1)).start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() {
    reconciling.close();
    cluster.close();
  }

  @BeforeEach
  void aRun() {
    shop.apply(Shop.SURROUNDINGS);
    shop.apply(Shop.unscheduled());
    shop.awaitReady("news");
    shop.apply(Shop.run("now"));
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        arguments(
            2,
            Workers.message("ConfigurationError", "The password of the database is wrong", null),
            "False ConfigurationError",
            "The password of the database is wrong"),
        arguments(
            2,
            Workers.message(
                "TooManyRecipients", "12 recipients are more than limits.maxRecipients: 10", null),
            "False TooManyRecipients",
            "12 recipients are more than limits.maxRecipients: 10"),
        arguments(2, null, "False ConfigurationError", "exit code 2 and left no message"),
        arguments(
            3,
            Workers.message(
                "PartiallySent", null, Workers.figures(ShardActivity.Finished, 5, 4, 1)),
            "False PartiallySent",
            "8 of 10 sent, 2 failed"));
  }

  @ParameterizedTest(name = "exit code {0}: {2}")
  @MethodSource("ends")
  void aRunThatFailsSaysWhyAndSoDoesItsCampaign(
      int exitCode, TerminationMessage message, String succeeded, String says) {
    workers.start("now", 0);
    workers.start("now", 1);
    workers.end("now", 0, exitCode, message);
    if (exitCode == 3) {
      workers.end("now", 1, exitCode, message);
    } else {
      workers.stop("now", 1);
    }

    assertThat(awaitRun(succeeded)).contains(says);
    assertThat(shop.run("now").getStatus().completionTime()).isNotNull();
    assertThat(shop.awaitCondition(Campaign.class, "news", "LastRunSucceeded", succeeded).message())
        .startsWith("now: ")
        .contains(says);
    assertThat(shop.condition(Campaign.class, "news", "Ready").orElseThrow().status().name())
        .as("a failed run does not make its campaign unready")
        .isEqualTo("True");
  }

  @Test
  void aWorkerThatEndsEarlyIsTriedAgainAndTheRunSaysSo() {
    workers.start("now", 0);
    workers.start("now", 1);
    workers.end("now", 0, 1, Workers.message("Retry", "The SMTP server does not answer", null));
    workers.send("now", 2, 5);

    awaitRun("True Succeeded");
    assertThat(shop.run("now").getStatus().deliveries().sent()).isEqualTo(10);
  }

  @Test
  void aWorkerThatFailsAgainAndAgainEndsTheRun() {
    workers.send("now", 1, 5);
    workers.start("now", 1);
    for (int i = 0; i < 7; i++) {
      workers.end("now", 1, 1, Workers.message("Retry", "The SMTP server does not answer", null));
      workers.awaitEnded("now", i + 1);
    }

    assertThat(awaitRun("False Failed"))
        .contains("The SMTP server does not answer")
        .contains("5 of 5 sent");
  }

  @Test
  void whatAWorkerCouldNotPatchIsInItsLastWords() {
    workers.report("now", 0, Workers.figures(ShardActivity.Sending, 50, 20, 0));
    workers.start("now", 0);
    workers.start("now", 1);
    ShardStatus all = Workers.figures(ShardActivity.Finished, 50, 50, 0);
    // Times are to the second, and the later one counts.
    eventually(() -> assertThat(Instant.now()).isAfter(Instant.parse(all.time()).plusSeconds(1)));
    workers.end(
        "now",
        0,
        0,
        Workers.message("Succeeded", null, Workers.figures(ShardActivity.Finished, 50, 50, 0)));
    workers.end(
        "now",
        1,
        0,
        Workers.message("Succeeded", null, Workers.figures(ShardActivity.Finished, 50, 49, 1)));

    awaitRun("True Succeeded");
    assertThat(shop.run("now").getStatus().deliveries().sent()).isEqualTo(99);
    assertThat(shop.run("now").getStatus().deliveries().failed()).isEqualTo(1);
    assertThat(shop.run("now").getStatus().shards()).containsOnlyKeys("0", "1");
  }

  @Test
  void aRunShowsWhatItsWorkersDo() {
    workers.start("now", 0);
    workers.start("now", 1);
    workers.report("now", 0, Workers.figures(ShardActivity.Syncing, 0, 0, 0));
    awaitRun("Unknown Syncing");
    workers.report("now", 0, Workers.figures(ShardActivity.Freezing, 0, 0, 0));
    awaitRun("Unknown Freezing");
    workers.report("now", 0, Workers.figures(ShardActivity.Sending, 50, 20, 0));
    workers.report("now", 1, Workers.figures(ShardActivity.Sending, 50, 10, 1));
    awaitRun("Unknown Sending");

    eventually(
        () -> {
          assertThat(shop.run("now").getStatus().deliveries().sent()).isEqualTo(30);
          assertThat(shop.campaign("news").getStatus().lastRun().sent()).isEqualTo(30);
        });
    eventually(
        () ->
            assertThat(shop.events("CampaignRun", "now"))
                .filteredOn(event -> event.getReason().equals("RunStarted"))
                .hasSize(1));
  }

  /**
   * Each shard counts upwards; nothing that a worker wrote may be overwritten by something older.
   */
  @Test
  void noReportOfAWorkerIsLostWhileTheControlPlaneWrites() throws Exception {
    int shards = 4;
    int reports = 50;
    ExecutorService pool = Executors.newFixedThreadPool(shards);
    AtomicBoolean lost = new AtomicBoolean();
    List<Future<?>> done = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      int self = shard;
      done.add(
          pool.submit(
              () -> {
                for (int sent = 1; sent <= reports; sent++) {
                  workers.report(
                      "now", self, Workers.figures(ShardActivity.Sending, reports, sent, 0));
                  ShardStatus there = shop.run("now").getStatus().shards().get("" + self);
                  if (there == null || there.sent() < sent) {
                    lost.set(true);
                  }
                }
              }));
    }
    for (Future<?> each : done) {
      each.get(120, TimeUnit.SECONDS);
    }
    pool.shutdown();

    assertThat(lost).as("a report was overwritten by something older").isFalse();
    eventually(
        () -> {
          CampaignRun run = shop.run("now");
          assertThat(run.getStatus().shards()).hasSize(shards);
          assertThat(run.getStatus().deliveries().sent()).isEqualTo(shards * reports);
          assertThat(shop.campaign("news").getStatus().lastRun().sent())
              .isEqualTo(shards * reports);
        });
  }

  @Test
  void anImageThatCannotBePulledShowsAndClearsAgain() {
    workers.stuck("now", 0, "ErrImagePull", "lettershop-worker:test not found");

    assertThat(awaitRun("Unknown ErrImagePull")).contains("lettershop-worker:test not found");
    shop.awaitCondition(Campaign.class, "news", "LastRunSucceeded", "Unknown ErrImagePull");
    eventually(
        () ->
            assertThat(shop.events("CampaignRun", "now"))
                .anyMatch(event -> event.getReason().equals("PodsNotStarting")));

    workers.start("now", 0);
    awaitRun("Unknown Pending");
    shop.awaitCondition(Campaign.class, "news", "LastRunSucceeded", "Unknown NoRuns");
  }

  private String awaitRun(String succeeded) {
    return shop.awaitCondition(CampaignRun.class, "now", "Succeeded", succeeded).message();
  }
}
