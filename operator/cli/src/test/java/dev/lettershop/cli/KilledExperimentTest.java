package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.job.ExitCode;
import dev.lettershop.testkit.FaultySmtpServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers that are killed while an experiment is decided, and while those who waited are mailed.
 */
@Timeout(3600)
class KilledExperimentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int PEOPLE = 240;

  @TempDir Path scratch;

  private final FaultySmtpServer inbox =
      new FaultySmtpServer(call -> null, "PIPELINING", "8BITMIME");
  private final List<PodCommand.Started> started = new ArrayList<>();
  private TestShop shop;
  private PodCommand pod;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(scratch, inbox.port(), PEOPLE);
    shop.edit("rate: {perSecond: 1000}", "rate: {perSecond: 100}")
        .edit(
            "    holdoutPercent: 10\n",
            """
                testPercent: 40
                decision: {metric: Conversion, minimumPerVariant: 10}
            """)
        .edit("  schedule: {cron", "  goal: {event: viewed}\n  schedule: {cron")
        .edit(
            "    - {name: b, weight: 50}",
            "    - {name: b, weight: 50, rules: [{when: \"true\", set: {greeting: Hi}}]}");
    shop.writePlans();
    pod = new PodCommand(shop, null, scratch);
  }

  @AfterEach
  void close() throws Exception {
    for (PodCommand.Started process : started) {
      process.kill();
    }
    inbox.close();
  }

  private PodCommand.Started start(String run) throws Exception {
    PodCommand.Started process = pod.start("send", "--run-name=" + run);
    started.add(process);
    return process;
  }

  /** Sends to the first wave, of which the people of one variant then do what is hoped for. */
  private void firstWave(String run, String winner) throws Exception {
    PodCommand.Result first = pod.call("send", "--run-name=" + run);
    assertThat(first.exitCode()).as(first.all()).isEqualTo(ExitCode.DONE);
    assertThat(first.message().experiment().holdsPeople()).isTrue();
    shop.execute(
        """
        insert into event (profile_id, name, occurred_at, id)
        select d.profile_id, 'viewed', now(), r.name || d.profile_id
        from delivery d join run r on r.id = d.run_id
        where r.name = '%s' and d.state = 'sent' and d.variant = '%s'
        """
            .formatted(run, winner));
    shop.execute(
        """
        update experiment set looks[5] = now() where run_id = (select id from run where name = '%s')
        """
            .formatted(run));
  }

  private String ofRun(String run) {
    return " run_id = (select id from run where name = '" + run + "')";
  }

  private void assertNobodyWasMailedTwice(String run, int before) throws Exception {
    Map<String, Set<String>> subjects = new HashMap<>();
    Map<String, Integer> mails = new HashMap<>();
    List<FaultySmtpServer.Received> received = inbox.received();
    received
        .subList(before, received.size())
        .forEach(
            mail -> {
              mails.merge(mail.rcpt(), 1, Integer::sum);
              subjects
                  .computeIfAbsent(mail.rcpt(), one -> new HashSet<>())
                  .add(mail.text().contains("Subject: Hi") ? "b" : "a");
            });
    assertThat(mails.values()).containsOnly(1);
    Map<String, Long> states =
        shop.counts(
            "select state::text, count(*) from delivery where" + ofRun(run) + " group by 1");
    assertThat(states.getOrDefault("sent", 0L) + states.getOrDefault("uncertain", 0L))
        .as("%s", states)
        .isEqualTo(PEOPLE);
    assertThat((long) mails.size()).isBetween(states.get("sent"), (long) PEOPLE);
    long asInTheLedger =
        Long.parseLong(
            shop.query(
                "select count(*) from delivery where variant = 'b' and state = 'sent' and"
                    + ofRun(run)));
    assertThat(subjects.values().stream().filter(Set.of("b")::equals).count())
        .isBetween(asInTheLedger, asInTheLedger + states.getOrDefault("uncertain", 0L));
    assertThat(subjects.values()).allMatch(kinds -> kinds.size() == 1);
  }

  @Test
  void aDecisionThatIsKilledIsNotMade() throws Exception {
    firstWave("r", "b");
    int waiting =
        Integer.parseInt(
            shop.query("select count(*) from delivery where next_attempt_at = 'infinity'"));
    assertThat(waiting).isGreaterThan(90);
    try (Connection other = shop.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          """
          select from delivery where next_attempt_at = 'infinity'
          order by profile_id desc limit 1 for update
          """);
      PodCommand.Started worker = start("r");
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () ->
                  "1"
                      .equals(
                          shop.query(
                              """
                              select count(*) from pg_stat_activity
                              where datname = current_database() and wait_event_type = 'Lock'
                                and query like '%update delivery%'
                              """)));
      worker.kill();
      other.rollback();
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                "0"
                    .equals(
                        shop.query(
                            """
                            select count(*) from pg_stat_activity
                            where datname = current_database() and pid <> pg_backend_pid()
                            """)));
    assertThat(shop.query("select count(*) from experiment where decided_at is not null"))
        .isEqualTo("0");
    assertThat(shop.query("select count(*) from experiment_look")).isEqualTo("0");
    assertThat(shop.query("select count(*) from delivery where next_attempt_at = 'infinity'"))
        .isEqualTo(Integer.toString(waiting));

    killedInTheSecondWave("r", 1, new Random(20261201));

    assertThat(shop.query("select winner from experiment")).isEqualTo("b");
    assertNobodyWasMailedTwice("r", 0);
    PodCommand.Result again = pod.call("send", "--run-name=r");
    assertThat(again.message().reason()).isEqualTo("AlreadyCompleted");
    assertThat(inbox.received().size()).isLessThanOrEqualTo(PEOPLE);
  }

  /** Kills workers while they decide and send, and lets the last one end its work. */
  private void killedInTheSecondWave(String run, int kills, Random random) throws Exception {
    for (int kill = 0; kill < kills; kill++) {
      int mails = inbox.received().size() + 1 + random.nextInt(40);
      PodCommand.Started victim = start(run);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> inbox.received().size() >= mails || !victim.process().isAlive());
      victim.kill();
    }
    PodCommand.Result last = start(run).result();
    assertThat(last.exitCode()).as(last.all()).isEqualTo(ExitCode.DONE);
  }

  @Test
  @Tag("soak")
  void nobodyIsLostOrMailedTwiceInManyKills() throws Exception {
    Random random = new Random(20261201);
    for (int round = 0; round < 40; round++) {
      String run = "r" + round;
      int before = inbox.received().size();
      firstWave(run, round % 2 == 0 ? "b" : "a");
      // At any moment of starting, deciding and sending.
      for (int kill = 0; kill < 3; kill++) {
        PodCommand.Started victim = start(run);
        long end = System.nanoTime() + Duration.ofMillis(random.nextInt(4_000)).toNanos();
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> System.nanoTime() - end > 0 || !victim.process().isAlive());
        victim.kill();
      }
      PodCommand.Result last = start(run).result();
      assertThat(last.exitCode()).as(last.all()).isEqualTo(ExitCode.DONE);
      assertThat(shop.query("select winner from experiment where" + ofRun(run)))
          .isEqualTo(round % 2 == 0 ? "b" : "a");
      assertNobodyWasMailedTwice(run, before);
    }
  }
}
