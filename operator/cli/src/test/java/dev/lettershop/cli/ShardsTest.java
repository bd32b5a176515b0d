package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import dev.lettershop.job.ExitCode;
import dev.lettershop.testkit.ApiStandIn;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.testkit.FaultySmtpServer.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shards as processes of their own, which share a run and die. */
@Timeout(900)
class ShardsTest {
  private static final int PEOPLE = 400;
  private static final int SHARDS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(240);

  @TempDir Path scratch;

  private final FaultySmtpServer inbox =
      new FaultySmtpServer(
          call ->
              call.moment() == Moment.Rcpt && call.argument().contains("7@")
                  ? "550 5.1.1 not here"
                  : null,
          "PIPELINING",
          "8BITMIME");
  private final List<PodCommand.Started> started = new ArrayList<>();
  private ApiStandIn api;
  private TestShop shop;
  private PodCommand pod;

  @BeforeEach
  void open() throws Exception {
    api = new ApiStandIn(scratch.resolve("account"));
    shop = new TestShop(scratch, inbox.port(), PEOPLE);
    pod = new PodCommand(shop, api, scratch);
  }

  @AfterEach
  void close() throws Exception {
    for (PodCommand.Started process : started) {
      process.kill();
    }
    api.close();
    inbox.close();
  }

  @Test
  void theLastReportsOfAllShardsAddUpToTheLedgerWhenSomeWereKilled() throws Exception {
    lastReportsAddUp(3);
  }

  @Test
  @Tag("soak")
  void theLastReportsOfAllShardsAddUpToTheLedgerHoweverOftenTheyWereKilled() throws Exception {
    lastReportsAddUp(9);
  }

  private void lastReportsAddUp(int kills) throws Exception {
    shop.edit("perSecond: 1000", "perSecond: 60").writePlans();
    Random random = new Random(20261124);
    PodCommand.Started[] shards = new PodCommand.Started[SHARDS];
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = start(i);
    }
    int hits = 0;
    for (int kill = 0; kill < kills; kill++) {
      int mails = inbox.received().size();
      int more = random.nextInt(30);
      Awaitility.await().atMost(PATIENCE).until(() -> inbox.received().size() > mails + more);
      int shard = random.nextInt(SHARDS);
      hits += shards[shard].process().isAlive() ? 1 : 0;
      shards[shard].kill();
      shards[shard] = start(shard);
    }
    List<ShardStatus> last = new ArrayList<>();
    for (PodCommand.Started shard : shards) {
      PodCommand.Result result = shard.result();
      assertThat(result.exitCode())
          .as(result.out())
          .isIn(ExitCode.DONE, ExitCode.FAILED_RECIPIENTS);
      assertThat(result.exitCode() == ExitCode.FAILED_RECIPIENTS)
          .as("whether shard %s failed somebody", result.message())
          .isEqualTo(
              result.message().shard().failed() > 0
                  && !result.message().reason().equals("AlreadyCompleted"));
      last.add(result.message().shard());
    }

    assertThat(hits).as("kills of a living process").isPositive();
    assertThat(last).extracting(ShardStatus::activity).containsOnly(ShardActivity.Finished);
    assertThat(shop.query("select state from run")).isEqualTo("Completed");
    Map<String, Long> states = shop.counts("select state::text, count(*) from delivery group by 1");
    assertThat(sum(last, ShardStatus::sent)).isEqualTo(states.get("sent"));
    assertThat(sum(last, ShardStatus::failed)).isEqualTo(states.get("failed"));
    assertThat(sum(last, ShardStatus::uncertain)).isEqualTo(states.getOrDefault("uncertain", 0L));
    assertThat(sum(last, ShardStatus::deferred)).isZero();
    assertThat(sum(last, ShardStatus::selected))
        .isEqualTo(Long.parseLong(shop.query("select audience ->> 'selected' from run")));
    assertThat(sums(last, ShardStatus::variants))
        .isEqualTo(
            shop.counts("select variant, count(*) from delivery where state = 'sent' group by 1"));
    assertThat(sums(last, ShardStatus::skipped)).containsEntry("holdout", states.get("skipped"));
    assertNobodyWasMailedTwice(states);
  }

  @Test
  void toldToStopAShardFinishesWhatItBeganReportsAndGivesTheRestBack() throws Exception {
    shop.edit("perSecond: 1000", "perSecond: 20").writePlans();
    PodCommand.Started shard = start(0);
    Awaitility.await().atMost(PATIENCE).until(() -> inbox.received().size() > 5);
    shard.terminate();
    PodCommand.Result result = shard.result();

    assertThat(result.exitCode()).as(result.out()).isEqualTo(ExitCode.CANCELLED);
    assertThat(result.message().reason()).isEqualTo("Cancelled");
    assertThat(result.message().shard().activity()).isEqualTo(ShardActivity.Sending);
    assertThat(result.message().shard().sent()).isEqualTo(inbox.received().size());
    assertThat(result.message().shard().uncertain()).isZero();
    assertThat(api.lastPatch("campaignruns").body().at("/status/shards/0/sent").asInt())
        .isEqualTo(inbox.received().size());
    assertThat(shop.counts("select state::text, count(*) from delivery group by 1").keySet())
        .doesNotContain("claimed", "sending");
  }

  private PodCommand.Started start(int shard) throws Exception {
    PodCommand.Started process =
        pod.start("send", "--run-name=one", "--shards=" + SHARDS, "--shard=" + shard);
    started.add(process);
    return process;
  }

  private void assertNobodyWasMailedTwice(Map<String, Long> states) {
    Map<String, Integer> mails = new HashMap<>();
    inbox.received().forEach(mail -> mails.merge(mail.rcpt(), 1, Integer::sum));
    assertThat(mails.values()).containsOnly(1);
    assertThat((long) mails.size())
        .isBetween(states.get("sent"), states.get("sent") + states.getOrDefault("uncertain", 0L));
  }

  private static long sum(List<ShardStatus> shards, Function<ShardStatus, Long> figure) {
    return shards.stream().mapToLong(figure::apply).sum();
  }

  private static Map<String, Long> sums(
      List<ShardStatus> shards, Function<ShardStatus, Map<String, Long>> figures) {
    Map<String, Long> sums = new TreeMap<>();
    shards.forEach(s -> figures.apply(s).forEach((name, n) -> sums.merge(name, n, Long::sum)));
    return sums;
  }
}
