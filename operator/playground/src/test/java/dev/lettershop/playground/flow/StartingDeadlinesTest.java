package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.kubesim.Cluster;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that could not begin in time. The clock goes only when a test says so. */
class StartingDeadlinesTest {
  private static final SetClock CLOCK = new SetClock(Instant.now());
  private static Cluster cluster;
  private static Reconciling reconciling;

  private final Namespace shop = Namespace.create(cluster.server());
  private final Workers workers = new Workers(shop);

  @BeforeAll
  static void start() {
    cluster = Cluster.builder().clock(CLOCK).start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(30), CLOCK);
  }

  @AfterAll
  static void stop() {
    reconciling.close();
    cluster.close();
  }

  @BeforeEach
  void aCampaignThatMayBeLateByTenMinutes() {
    shop.apply(Shop.SURROUNDINGS);
    shop.apply(Shop.unscheduled() + "  startingDeadline: 10m\n");
    shop.awaitReady("news");
  }

  @Test
  void aRunThatWasHinderedForTooLongSendsNothingAlsoWhenTheHindranceIsGone() {
    shop.patch(Segment.class, "regulars", "{\"spec\":{\"expression\":\"profile.visits >\"}}");
    shop.apply(Shop.run("now"));
    awaitRun("now", "Unknown InvalidCampaign");

    CLOCK.pass(Duration.ofMinutes(9));
    lookAgain("now");
    awaitRun("now", "Unknown InvalidCampaign");
    CLOCK.pass(Duration.ofMinutes(2));
    lookAgain("now");

    awaitRun("now", "False StartingDeadlineExceeded");
    shop.patch(Segment.class, "regulars", "{\"spec\":{\"expression\":\"profile.visits > 3\"}}");
    shop.awaitReady("news");
    reconciling.awaitQuiet(shop.name());
    assertThat(shop.job("now")).isNull();
    assertThat(shop.run("now").getStatus().completionTime()).isNotNull();
    shop.awaitCondition(
        Campaign.class, "news", "LastRunSucceeded", "False StartingDeadlineExceeded");
    eventually(
        () ->
            assertThat(shop.events("CampaignRun", "now"))
                .anyMatch(event -> event.getReason().equals("RunSkipped")));
  }

  @Test
  void aRunThatHasToWaitForAnotherForTooLongSendsNothingAndSaysForWhich() {
    shop.apply(Shop.run("first"));
    workers.start("first", 0);
    workers.report("first", 0, Workers.figures(null, 10, 4, 0));
    CLOCK.pass(Duration.ofSeconds(1));
    shop.apply(Shop.run("second"));
    awaitRun("second", "Unknown Waiting");

    CLOCK.pass(Duration.ofMinutes(11));
    lookAgain("first");
    lookAgain("second");

    assertThat(awaitRun("second", "False StartingDeadlineExceeded")).contains("first");
    eventually(() -> assertThat(shop.job("second")).isNull());
    assertThat(shop.job("first").getSpec().getSuspend())
        .as("one that has begun may take as long as it takes")
        .isFalse();
    awaitRun("first", "Unknown Pending");
  }

  @Test
  void aRunOfWhichOneShardCannotStartEndsWithWhatTheOthersSent() {
    shop.apply(Shop.run("now"));
    workers.start("now", 0);
    workers.report("now", 0, Workers.figures(ShardActivity.Finished, 5, 5, 0));
    workers.end(
        "now",
        0,
        0,
        Workers.message("Succeeded", null, Workers.figures(ShardActivity.Finished, 5, 5, 0)));
    workers.stuck("now", 1, "ImagePullBackOff", "lettershop-worker:test not found");
    awaitRun("now", "Unknown ImagePullBackOff");
    CLOCK.pass(Duration.ofMinutes(9));
    lookAgain("now");
    awaitRun("now", "Unknown ImagePullBackOff");

    CLOCK.pass(Duration.ofMinutes(2));
    lookAgain("now");

    assertThat(awaitRun("now", "False PodsNotStarted"))
        .contains("make a run with resume", "ImagePullBackOff: lettershop-worker:test not found");
    eventually(() -> assertThat(shop.job("now")).isNull());
    assertThat(shop.run("now").getStatus().deliveries().sent()).isEqualTo(5);
    shop.awaitCondition(Campaign.class, "news", "LastRunSucceeded", "False PodsNotStarted");
  }

  @Test
  void aRunOfWhichNoShardCanStartInTimeSendsNothing() {
    shop.apply(Shop.run("now"));
    workers.stuck("now", 0, "ImagePullBackOff", "lettershop-worker:test not found");
    workers.stuck("now", 1, "ImagePullBackOff", "lettershop-worker:test not found");
    awaitRun("now", "Unknown ImagePullBackOff");

    CLOCK.pass(Duration.ofMinutes(11));
    lookAgain("now");

    assertThat(awaitRun("now", "False StartingDeadlineExceeded")).contains("ImagePullBackOff");
    eventually(() -> assertThat(shop.job("now")).isNull());
  }

  private String awaitRun(String name, String succeeded) {
    return shop.awaitCondition(CampaignRun.class, name, "Succeeded", succeeded).message();
  }

  /** The clock of a test wakes nobody; a change of any kind does. */
  private void lookAgain(String run) {
    shop.patch(
        CampaignRun.class,
        run,
        "{\"metadata\":{\"labels\":{\"looked-at\":\"" + CLOCK.millis() + "\"}}}");
  }
}
