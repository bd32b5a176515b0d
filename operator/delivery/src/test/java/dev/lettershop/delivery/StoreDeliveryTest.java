package dev.lettershop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.delivery.pipeline.DeliveryPipeline;
import dev.lettershop.delivery.pipeline.DeliveryReport;
import dev.lettershop.delivery.pipeline.DeliveryReport.End;
import dev.lettershop.delivery.pipeline.RelayBounces;
import dev.lettershop.delivery.pipeline.StoreDeliveryLedger;
import dev.lettershop.delivery.policy.SendingTerms;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.bounce.BounceLog.SoftLimit;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunCounts;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.ledger.RunState;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import dev.lettershop.store.pace.RateLimit;
import dev.lettershop.store.view.ProfileView;
import dev.lettershop.template.RenderedMail;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.testkit.FaultySmtpServer.Moment;
import dev.lettershop.testkit.SharedPostgres;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pipeline with the real ledger in a real PostgreSQL. */
@Timeout(60)
class StoreDeliveryTest {
  private static final int PEOPLE = 2000;
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(List.of(new Attribute("first_name", AttributeType.String, true)), List.of());
  private static final ProfileView VIEW = new ProfileView(SCHEMA, Set.of("first_name"), Set.of());

  private static String database;
  private static Store store;

  @BeforeAll
  static void loadProfiles() throws Exception {
    database = SharedPostgres.newDatabase();
    store = Store.open(SharedPostgres.settings(database, 6));
    store.migrate(SCHEMA);
    try (ProfileLoad load = store.loadProfiles("test", SCHEMA, "number", List.of())) {
      for (int i = 1; i <= PEOPLE; i++) {
        load.add(
            new LoadedProfile(
                "test:" + i,
                "n" + i,
                Map.of("email", "p" + i + "@example.com", "first_name", "P" + i),
                Map.of()));
      }
      load.commit();
    }
  }

  @AfterAll
  static void close() throws Exception {
    store.close();
  }

  private static Run frozen(String name, UncertainPolicy onUncertain) {
    Run run =
        store
            .ledger()
            .begin(
                new RunRequest(
                    new RunKey("shop", "sale", name),
                    "sha256:x",
                    "{}",
                    false,
                    false,
                    onUncertain,
                    3));
    return store
        .freezer()
        .freeze(
            run,
            FreezeRequest.builder(SCHEMA)
                .include(List.of(new RuleCompiler(SCHEMA, Map.of()).compile("true").rule()))
                .topic("news")
                .optIn(OptIn.Implied)
                .experiment("shop/sale")
                .build())
        .run();
  }

  private static Lease lease(Run run) {
    return store.ledger().lease(run, 0, 1, "test", Duration.ofSeconds(30));
  }

  private static PipelineHarness harness(FaultySmtpServer.Script script) {
    PipelineHarness harness = new PipelineHarness(script);
    harness.renderer =
        (recipient, links) ->
            new RenderedMail(
                "Hi " + recipient.profile().attributes().get("first_name"), null, "Hello");
    return harness;
  }

  @Test
  void theLedgerSaysWhatTheServerSaw() throws Exception {
    Run run = frozen("faults", UncertainPolicy.Skip);
    Set<String> greylisted = ConcurrentHashMap.newKeySet();
    try (PipelineHarness harness =
            harness(
                call -> {
                  String to = call.argument();
                  if (call.moment() == Moment.Rcpt && to.endsWith("7@example.com>")) {
                    return greylisted.add(to) ? "451 4.7.1 greylisted" : null;
                  }
                  if (call.moment() == Moment.Rcpt && to.endsWith("99@example.com>")) {
                    return "550 5.1.1 unknown";
                  }
                  boolean cut = call.moment() == Moment.AfterDot && call.message() == 150;
                  return cut ? FaultySmtpServer.CLOSE : null;
                });
        Lease lease = lease(run)) {

      DeliveryReport report =
          harness.pipeline(new StoreDeliveryLedger(store.ledger(), lease, VIEW)).run();

      RunCounts counts = store.ledger().counts(run);
      long uncertain = counts.of(DeliveryState.Uncertain);
      assertThat(report.end()).isEqualTo(End.Completed);
      assertThat(report.totals().deferred()).isEqualTo(200);
      assertThat(uncertain).isPositive().isLessThan(20);
      assertThat(counts.deliveries())
          .isEqualTo(
              Map.of(
                  DeliveryState.Sent,
                  PEOPLE - 20 - uncertain,
                  DeliveryState.Failed,
                  20L,
                  DeliveryState.Uncertain,
                  uncertain));
      assertThat(harness.server.received())
          .extracting(FaultySmtpServer.Received::rcpt)
          .doesNotHaveDuplicates()
          .hasSize(PEOPLE - 20);
      assertThat(store.ledger().complete(run)).isTrue();
    }
  }

  @Test
  void aCancelledRunGoesOnWhereItStoppedAndAFinishedOneSendsNothing() throws Exception {
    Run run = frozen("cancelled", UncertainPolicy.Skip);
    CountDownLatch some = new CountDownLatch(300);
    try (PipelineHarness harness =
        harness(
            call -> {
              if (call.moment() == Moment.AfterDot) {
                some.countDown();
              }
              return null;
            })) {
      try (Lease lease = lease(run)) {
        SendingTerms terms =
            new SendingTerms(
                "shop/relay", List.of(new RateLimit("transport/shop/relay", 1000)), 50);
        DeliveryPipeline pipeline =
            harness.pipeline(new StoreDeliveryLedger(store.ledger(), lease, VIEW, terms, null));
        Thread canceller =
            new Thread(
                () -> {
                  await(some);
                  pipeline.cancel();
                });
        canceller.start();
        assertThat(pipeline.run().end()).isEqualTo(End.Cancelled);
        canceller.join();
      }
      assertThat(store.ledger().counts(run).deliveries())
          .containsOnlyKeys(DeliveryState.Sent, DeliveryState.Planned);

      for (int i = 0; i < 2; i++) {
        try (Lease lease = lease(run)) {
          harness.pipeline(new StoreDeliveryLedger(store.ledger(), lease, VIEW)).run();
        }
      }

      assertThat(store.ledger().counts(run).of(DeliveryState.Sent)).isEqualTo(PEOPLE);
      assertThat(harness.server.received())
          .extracting(FaultySmtpServer.Received::rcpt)
          .doesNotHaveDuplicates()
          .hasSize(PEOPLE);
      assertThat(store.ledger().complete(run)).isTrue();
      assertThat(store.ledger().find(run.key()).orElseThrow().state())
          .isEqualTo(RunState.Completed);
    }
  }

  @AfterEach
  void forgetBounces() throws Exception {
    try (var connection =
            DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + SharedPostgres.port() + "/" + database,
                "postgres",
                null);
        var statement = connection.createStatement()) {
      statement.execute("truncate lettershop.bounce, lettershop.suppression");
    }
  }

  private static long suppressed(Run run) {
    return store.ledger().counts(run).skipped().getOrDefault("suppressed", 0L);
  }

  private DeliveryReport sendRecording(Run run, PipelineHarness harness) throws Exception {
    try (Lease lease = lease(run)) {
      return harness
          .pipeline(
              new StoreDeliveryLedger(
                  store.ledger(),
                  lease,
                  VIEW,
                  SendingTerms.NONE,
                  new RelayBounces(
                      store.bounces(), new SoftLimit(2, Duration.ofDays(30)), "relay")))
          .run();
    }
  }

  private static FaultySmtpServer.Script refusing(Map<String, String> answers) {
    return call ->
        answers.entrySet().stream()
            .filter(answer -> call.argument().contains("<" + answer.getKey() + "@"))
            .filter(answer -> call.moment() == FaultySmtpServer.Moment.Rcpt)
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
  }

  @Test
  void anAddressThatTheRelayRefusesForGoodIsNotTriedInTheNextRun() throws Exception {
    Map<String, String> answers =
        Map.of(
            "p701", "550 5.1.1 <p701@example.com>: user unknown",
            "p702", "550 5.1.1 sender address rejected: not listed",
            "p703", "554 5.7.1 blocked by policy",
            "p704", "552 5.2.2 mailbox full",
            "p705", "452 4.2.2 mailbox full",
            "p706", "451 4.7.1 come back later");
    try (PipelineHarness harness = harness(refusing(answers))) {
      // One mail after the other, so that the relay has taken some before it refuses any.
      harness.options = harness.options.withConnections(1);
      sendRecording(frozen("refusals-1", UncertainPolicy.Skip), harness);
      Run second = frozen("refusals-2", UncertainPolicy.Skip);
      assertThat(suppressed(second)).isEqualTo(1);

      sendRecording(second, harness);
      Run third = frozen("refusals-3", UncertainPolicy.Skip);
      assertThat(suppressed(third)).as("full twice, for good or for now").isEqualTo(3);

      assertThat(harness.server.commands())
          .filteredOn(command -> command.contains("<p701@"))
          .hasSize(1);
      assertThat(harness.server.commands())
          .filteredOn(command -> command.contains("<p702@"))
          .hasSize(2);
    }
  }

  @Test
  void aRelayThatRefusesEverybodySuppressesNobody() throws Exception {
    Run run = frozen("refuses-everybody", UncertainPolicy.Skip);
    try (PipelineHarness harness =
        harness(
            call ->
                call.moment() == FaultySmtpServer.Moment.Rcpt ? "550 5.1.1 user unknown" : null)) {
      assertThat(sendRecording(run, harness).totals().failed()).isEqualTo(PEOPLE);
    }

    assertThat(suppressed(frozen("after-that", UncertainPolicy.Skip))).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aLostLeaseEndsTheRunAndASuccessorFinishesIt() throws Exception {
    Run run = frozen("taken-over", UncertainPolicy.Skip);
    Lease lease = lease(run);
    AtomicInteger mails = new AtomicInteger();
    try (PipelineHarness harness =
        harness(
            call -> {
              if (call.moment() == Moment.Mail && mails.incrementAndGet() == 200) {
                lease.close();
              }
              return null;
            })) {
      DeliveryPipeline pipeline =
          harness.pipeline(new StoreDeliveryLedger(store.ledger(), lease, VIEW));

      assertThatThrownBy(pipeline::run).hasMessageContaining("lease");

      try (Lease successor = lease(run)) {
        harness.pipeline(new StoreDeliveryLedger(store.ledger(), successor, VIEW)).run();
      }
      RunCounts counts = store.ledger().counts(run);
      assertThat(counts.of(DeliveryState.Sent) + counts.of(DeliveryState.Uncertain))
          .isEqualTo(PEOPLE);
      assertThat(harness.server.received())
          .extracting(FaultySmtpServer.Received::rcpt)
          .doesNotHaveDuplicates();
    }
  }

  /** With four connections. All that is marked when a process dies is in doubt. */
  @Test
  void fewAreMarkedHoweverFastOrSlowTheRelayIsAndNoMoreAreInDoubtAfterAKill() throws Exception {
    Run run = frozen("marked", UncertainPolicy.Skip);
    AtomicInteger mails = new AtomicInteger();
    CountDownLatch answers = new CountDownLatch(1);
    CountDownLatch slow = new CountDownLatch(4);
    try (PipelineHarness harness =
            harness(
                call -> {
                  if (call.moment() == Moment.AfterDot && mails.incrementAndGet() > 600) {
                    slow.countDown();
                    await(answers);
                  }
                  return null;
                });
        Lease lease = lease(run)) {
      DeliveryPipeline pipeline =
          harness.pipeline(new StoreDeliveryLedger(store.ledger(), lease, VIEW));
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread worker =
          new Thread(
              () -> {
                try {
                  pipeline.run();
                } catch (Exception | Error e) {
                  end.set(e);
                }
              });
      worker.start();
      while (slow.getCount() > 0) {
        assertThat(marked(run)).as("while the relay is fast").isBetween(0L, 12L);
      }
      Awaitility.await()
          .during(Duration.ofMillis(500))
          .until(() -> marked(run) >= 4 && marked(run) <= 12);

      lease.close();
      try (Lease successor = lease(run)) {
        assertThat(store.ledger().counts(run).of(DeliveryState.Uncertain)).isBetween(4L, 12L);
        answers.countDown();
        worker.join();
        assertThat(end.get()).hasMessageContaining("lease");
      }
    } finally {
      answers.countDown();
    }
  }

  private static long marked(Run run) {
    return store.ledger().counts(run).of(DeliveryState.Sending);
  }

  /** Leases, due times and rates are PostgreSQL's; a worker's clock only dates its mails. */
  @Test
  void workersWhoseClocksDifferByMinutesShareARunAndWaitForTheSameMoments() throws Exception {
    Run run = frozen("clocks", UncertainPolicy.Skip);
    Set<String> greylisted = ConcurrentHashMap.newKeySet();
    try (PipelineHarness harness =
        harness(
            call -> {
              String to = call.argument();
              return call.moment() == Moment.Rcpt
                      && to.endsWith("7@example.com>")
                      && greylisted.add(to)
                  ? "451 4.7.1 greylisted"
                  : null;
            })) {
      SendingTerms terms =
          new SendingTerms(
              "shop/clocks", List.of(new RateLimit("transport/shop/clocks", 1000)), 50);
      List<Thread> workers = new ArrayList<>();
      List<Throwable> failures = new CopyOnWriteArrayList<>();
      for (int shard = 0; shard < 3; shard++) {
        Lease lease = store.ledger().lease(run, shard, 3, "test", Duration.ofSeconds(30));
        harness.clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10L * (shard - 1)));
        DeliveryPipeline pipeline =
            harness.pipeline(new StoreDeliveryLedger(store.ledger(), lease, VIEW, terms, null));
        Thread worker =
            new Thread(
                () -> {
                  try (lease) {
                    pipeline.run();
                  } catch (Exception | Error e) {
                    failures.add(e);
                  }
                });
        worker.start();
        workers.add(worker);
      }
      for (Thread worker : workers) {
        worker.join();
      }

      assertThat(failures).isEmpty();
      assertThat(store.ledger().counts(run).of(DeliveryState.Sent)).isEqualTo(PEOPLE);
      assertThat(harness.server.received())
          .extracting(FaultySmtpServer.Received::rcpt)
          .doesNotHaveDuplicates()
          .hasSize(PEOPLE);
      assertThat(greylisted).hasSize(200);
    }
  }
}
