package dev.lettershop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.delivery.pipeline.DeliveryPipeline;
import dev.lettershop.delivery.pipeline.DeliveryReport;
import dev.lettershop.delivery.policy.PauseReason;
import dev.lettershop.delivery.policy.RetryPolicy;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.testkit.FaultySmtpServer.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the pipeline does for the sake of recipients, their domains and the relay. */
@Timeout(60)
class PolitePipelineTest {
  private PipelineHarness harness;

  @AfterEach
  void close() {
    harness.close();
  }

  private static CompletableFuture<DeliveryReport> inBackground(DeliveryPipeline pipeline) {
    CompletableFuture<DeliveryReport> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(pipeline.run());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  @Test
  void notMoreThanAllowedIsUnderWayToOneDomain() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    harness =
        new PipelineHarness(
            call -> {
              if (call.moment() == Moment.Rcpt && call.argument().contains("@busy.example")) {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                Awaitility.await().pollDelay(Duration.ofMillis(2)).until(() -> true);
              }
              if (call.moment() == Moment.Data) {
                underWay.updateAndGet(n -> Math.max(0, n - 1));
              }
              return null;
            });
    harness.options = harness.options.withConnections(8).withPerDomain(2);
    InMemoryLedger ledger = new InMemoryLedger();
    for (int i = 1; i <= 300; i++) {
      ledger.add(i, "p" + i + (i % 2 == 0 ? "@busy.example" : "@d" + i + ".example"));
    }

    harness.pipeline(ledger).run();

    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Sent, 300));
    assertThat(ledger.violations()).isEmpty();
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void aDomainThatSaysLaterIsLeftAloneWhileTheOthersGetTheirMail() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    harness =
        new PipelineHarness(
            call -> {
              if (call.moment() == Moment.Rcpt && call.argument().contains("@slow.example")) {
                asked.incrementAndGet();
                return "451 4.7.1 try again later";
              }
              return null;
            });
    harness.options = harness.options.withRetries(RetryPolicy.STANDARD);
    InMemoryLedger ledger = new InMemoryLedger();
    for (int i = 1; i <= 400; i++) {
      ledger.add(i, "p" + i + (i % 2 == 0 ? "@slow.example" : "@d" + i + ".example"));
    }
    DeliveryPipeline pipeline = harness.pipeline(ledger);
    CompletableFuture<DeliveryReport> running = inBackground(pipeline);

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ledger.counts().getOrDefault(DeliveryState.Sent, 0) == 200);
    assertThat(ledger.resting()).containsOnlyKeys("slow.example");
    assertThat(asked.get()).as("of 200 at the domain").isLessThan(190);
    pipeline.cancel();
    running.get(20, TimeUnit.SECONDS);

    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void whoseQuietHoursHaveBegunWhileTheMailWaitedIsGivenBack() throws Exception {
    harness = new PipelineHarness(call -> null);
    InMemoryLedger ledger =
        new InMemoryLedger() {
          @Override
          public List<Recipient> claim(int limit) {
            return super.claim(limit).stream().map(PolitePipelineTest::quietIfEven).toList();
          }
        };
    for (int i = 1; i <= 20; i++) {
      ledger.add(i, "p" + i + "@example.com");
    }
    DeliveryPipeline pipeline = harness.pipeline(ledger);
    CompletableFuture<DeliveryReport> running = inBackground(pipeline);

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ledger.counts().getOrDefault(DeliveryState.Sent, 0) == 10);
    pipeline.cancel();
    running.get(20, TimeUnit.SECONDS);

    assertThat(ledger.counts())
        .isEqualTo(Map.of(DeliveryState.Sent, 10, DeliveryState.Planned, 10));
    assertThat(harness.server.received()).hasSize(10);
  }

  private static Recipient quietIfEven(Recipient r) {
    return r.profileId() % 2 == 1
        ? r
        : new Recipient(
            r.profileId(),
            r.variant(),
            r.attempts(),
            r.email(),
            r.profile(),
            false,
            Duration.ZERO,
            null,
            List.of());
  }

  @Test
  void aRelayThatRefusesEverythingAfterHavingWorkedIsPausedAndNearlyNobodyFailsForIt()
      throws Exception {
    AtomicBoolean quotaUsedUp = new AtomicBoolean();
    AtomicInteger accepted = new AtomicInteger();
    harness =
        new PipelineHarness(
            call -> {
              if (call.moment() == Moment.AfterDot && accepted.incrementAndGet() > 100) {
                quotaUsedUp.compareAndSet(false, accepted.get() < 200);
              }
              return call.moment() == Moment.Rcpt && quotaUsedUp.get()
                  ? "550 5.7.1 sending quota exceeded"
                  : null;
            });
    harness.options = harness.options.withRetries(new RetryPolicy(50, ms(20), ms(100)));
    InMemoryLedger ledger = InMemoryLedger.of(500);
    DeliveryPipeline pipeline = harness.pipeline(ledger);
    CompletableFuture<DeliveryReport> running = inBackground(pipeline);

    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> pipeline.pause().isPresent());
    assertThat(pipeline.pause().orElseThrow().reason()).isEqualTo(PauseReason.RELAY_FAILING);
    assertThat(pipeline.pause().orElseThrow().message()).contains("550 5.7.1");
    accepted.set(1000);
    quotaUsedUp.set(false);

    assertThat(running.get(40, TimeUnit.SECONDS).end()).isEqualTo(DeliveryReport.End.Completed);
    assertThat(pipeline.pause()).isEmpty();
    assertThat(ledger.counts().getOrDefault(DeliveryState.Failed, 0)).isLessThan(15);
    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void whoIsTriedLaterIsWaitedForAndTheTimeIsTold() throws Exception {
    harness = new PipelineHarness(call -> call.moment() == Moment.Rcpt ? "450 4.2.1 busy" : null);
    Duration wait = Duration.ofMinutes(20);
    harness.options = harness.options.withRetries(new RetryPolicy(5, wait, wait));
    InMemoryLedger ledger = InMemoryLedger.of(1);
    DeliveryPipeline pipeline = harness.pipeline(ledger);
    CompletableFuture<DeliveryReport> running = inBackground(pipeline);

    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> pipeline.pause().isPresent());
    assertThat(pipeline.pause().orElseThrow().reason()).isEqualTo(PauseReason.WAITING);
    assertThat(pipeline.pause().orElseThrow().message()).startsWith("The next mail is due at 20");

    pipeline.cancel();
    assertThat(running.get(40, TimeUnit.SECONDS).end()).isEqualTo(DeliveryReport.End.Cancelled);
    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Deferred, 1));
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void whoWaitsForItsRelayBeginsWhenItIsThere() throws Exception {
    harness = new PipelineHarness(call -> null);
    int port = harness.server.port();
    harness.server.close();
    harness.options = harness.options.waitingForRelay(Duration.ofMinutes(5));
    InMemoryLedger ledger = InMemoryLedger.of(20);
    DeliveryPipeline pipeline = harness.pipeline(ledger);
    CompletableFuture<DeliveryReport> running = inBackground(pipeline);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> pipeline.pause().isPresent());

    try (FaultySmtpServer back = new FaultySmtpServer(port, call -> null, "PIPELINING")) {
      assertThat(running.get(40, TimeUnit.SECONDS).totals().sent()).isEqualTo(20);
      assertThat(back.received()).hasSize(20);
    }
  }

  @Test
  void whatWasMarkedBeforeTheProcessStoodStillIsNotHandedOverAfterwards() {
    InMemoryLedger ledger = InMemoryLedger.of(300);
    harness =
        new PipelineHarness(
            call -> {
              if (call.moment() == Moment.AfterDot && call.message() == 10) {
                ledger.sleep();
              }
              return null;
            });
    harness.options = harness.options.withConnections(3);

    assertThatThrownBy(() -> harness.pipeline(ledger).run()).hasMessageContaining("stood still");

    // Who was in hands at that moment is not to be helped.
    assertThat(harness.server.received().size()).isLessThanOrEqualTo(10 * 3 + 3);
    assertThat(ledger.counts()).containsOnlyKeys(DeliveryState.Sent, DeliveryState.Planned);
  }
}
