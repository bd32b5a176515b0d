package dev.lettershop.delivery.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lettershop.delivery.InMemoryLedger;
import dev.lettershop.delivery.PipelineHarness;
import dev.lettershop.delivery.message.AttachmentException;
import dev.lettershop.delivery.pipeline.DeliveryReport.End;
import dev.lettershop.delivery.policy.RetryPolicy;
import dev.lettershop.delivery.smtp.RelayException;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.store.ledger.Outcome;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.testkit.FaultySmtpServer.Moment;
import dev.lettershop.testkit.FaultySmtpServer.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of recipients, whatever the relay, the ledger or the user does. */
@Timeout(60)
class DeliveryPipelineTest {
  private static final Script FINE = call -> null;

  private PipelineHarness harness;
  private InMemoryLedger ledger;

  @AfterEach
  void close() {
    harness.close();
  }

  private DeliveryReport send(int recipients, Script script) throws Exception {
    harness = new PipelineHarness(script);
    ledger = InMemoryLedger.of(recipients);
    return harness.pipeline(ledger).run();
  }

  private static Script to(String address, String answer) {
    return call ->
        call.moment() == Moment.Rcpt && call.argument().contains("<" + address + ">")
            ? answer
            : null;
  }

  @Test
  void everybodyGetsExactlyOneMail() throws Exception {
    DeliveryReport report = send(1500, FINE);

    assertThat(report)
        .isEqualTo(new DeliveryReport(End.Completed, new DeliveryTotals(1500, 0, 0, 0)));
    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Sent, 1500));
    assertThat(ledger.violations()).isEmpty();
    assertThat(harness.server.received())
        .extracting(FaultySmtpServer.Received::rcpt)
        .doesNotHaveDuplicates()
        .hasSize(1500);
    assertThat(harness.server.connections()).isBetween(1, 4);
    assertThat(harness.progress).last().isEqualTo(report.totals());
  }

  @Test
  void nobodyToMailIsDoneAtOnce() throws Exception {
    assertThat(send(0, FINE).end()).isEqualTo(End.Completed);
    assertThat(harness.server.received()).isEmpty();
  }

  @Test
  void aMailHoldsTheRecipientsOwnUnsubscribeLink() throws Exception {
    send(1, FINE);

    assertThat(harness.server.received().get(0).text())
        .containsPattern("List-Unsubscribe:\\s+<https://news.shop.example/u/[\\w-]{46}>")
        .containsPattern("Leave: https://news.shop.example/u/[\\w-]{30}");
  }

  @Test
  void aTemporaryRefusalIsTriedAgain() throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    DeliveryReport report =
        send(
            20,
            call ->
                call.moment() == Moment.Rcpt
                        && call.argument().contains("<p7@")
                        && refusals.incrementAndGet() <= 2
                    ? "450 4.2.0 greylisted"
                    : null);

    assertThat(report.totals()).isEqualTo(new DeliveryTotals(20, 0, 2, 0));
    assertThat(ledger.attempts(7)).isEqualTo(3);
    assertThat(harness.received("p7@example.com")).isEqualTo(1);
  }

  @Test
  void aTemporaryRefusalThatStaysFailsAfterTheLastAttempt() throws Exception {
    DeliveryReport report = send(20, to("p7@example.com", "450 4.2.0 greylisted"));

    assertThat(report.totals()).isEqualTo(new DeliveryTotals(19, 1, 2, 0));
    assertThat(ledger.state(7)).isEqualTo(DeliveryState.Failed);
    assertThat(ledger.code(7)).isEqualTo("450 4.2.0");
    assertThat(ledger.attempts(7)).isEqualTo(3);
  }

  @Test
  void aPermanentRefusalFailsAtOnce() throws Exception {
    send(20, to("p7@example.com", "550 5.1.1 who is p7@example.com?"));

    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Sent, 19, DeliveryState.Failed, 1));
    assertThat(ledger.code(7)).isEqualTo("550 5.1.1");
    assertThat(ledger.attempts(7)).isEqualTo(1);
  }

  @Test
  void whoseFileIsNotThereYetIsTriedAgainAndWhoseCannotBeFails() throws Exception {
    harness = new PipelineHarness(FINE);
    MailRenderer usual = harness.renderer;
    AtomicInteger tries = new AtomicInteger();
    harness.renderer =
        (recipient, links) -> {
          if (recipient.profileId() == 7 && tries.incrementAndGet() == 1) {
            throw new AttachmentException("AttachmentUnavailable", true, "not yet", null);
          }
          if (recipient.profileId() == 8) {
            throw new AttachmentException("AttachmentMissing", false, "none", null);
          }
          return usual.render(recipient, links);
        };
    ledger = InMemoryLedger.of(20);

    harness.pipeline(ledger).run();

    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Sent, 19, DeliveryState.Failed, 1));
    assertThat(ledger.code(8)).isEqualTo("AttachmentMissing");
    assertThat(ledger.attempts(7)).isEqualTo(2);
  }

  @Test
  void aMailThatCannotBeMadeFailsItsRecipientOnly() throws Exception {
    harness = new PipelineHarness(FINE);
    MailRenderer usual = harness.renderer;
    harness.renderer =
        (recipient, links) -> {
          if (recipient.profileId() == 7) {
            throw new IllegalStateException("p7@example.com has no name");
          }
          return usual.render(recipient, links);
        };
    ledger = InMemoryLedger.of(20);
    ledger.add(21, "no address");

    harness.pipeline(ledger).run();

    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Sent, 19, DeliveryState.Failed, 2));
    assertThat(ledger.code(7)).isEqualTo("RenderFailed");
    assertThat(ledger.code(21)).isEqualTo("AddressInvalid");
    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void aLostReplyLeavesOneRecipientUncertainAndIsNotRepeated() throws Exception {
    AtomicInteger lost = new AtomicInteger();
    DeliveryReport report =
        send(
            50,
            call ->
                call.moment() == Moment.AfterDot && lost.getAndIncrement() == 10
                    ? FaultySmtpServer.CLOSE
                    : null);

    assertThat(report.totals()).isEqualTo(new DeliveryTotals(49, 0, 0, 1));
    assertThat(harness.server.received()).hasSize(50);
  }

  @Test
  void aLostReplyIsRepeatedIfThatIsWanted() throws Exception {
    AtomicInteger lost = new AtomicInteger();
    harness =
        new PipelineHarness(
            call ->
                call.moment() == Moment.AfterDot && lost.getAndIncrement() == 10
                    ? FaultySmtpServer.CLOSE
                    : null);
    harness.options = harness.options.withResendUncertain(true);
    ledger = InMemoryLedger.of(50);

    harness.pipeline(ledger).run();

    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Sent, 50));
    assertThat(harness.server.received()).hasSize(51);
  }

  @Test
  void aRelayThatIsNotThereEndsTheRunBeforeAnythingIsClaimed() {
    harness = new PipelineHarness(FINE);
    harness.server.close();
    ledger = InMemoryLedger.of(20);

    assertThatThrownBy(() -> harness.pipeline(ledger).run())
        .isInstanceOf(RelayException.class)
        .hasMessageContaining("127.0.0.1");
    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Planned, 20));
  }

  @Test
  void aRelayThatRefusesTheSenderEndsTheRunAndFailsNobody() {
    harness =
        new PipelineHarness(
            call -> call.moment() == Moment.Mail ? "530 5.7.0 authenticate first" : null);
    ledger = InMemoryLedger.of(2000);

    RelayException refusal =
        catchThrowableOfType(RelayException.class, () -> harness.pipeline(ledger).run());

    assertThat(refusal).hasMessageContaining("530 5.7.0");
    assertThat(ledger.counts())
        .isEqualTo(Map.of(DeliveryState.Planned, 1999, DeliveryState.Deferred, 1));
    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void aRelayThatRefusesEverybodyEndsTheRunAndFailsNobody() {
    harness =
        new PipelineHarness(
            call -> call.moment() == Moment.Rcpt ? "554 5.7.1 relay access denied" : null);
    ledger = InMemoryLedger.of(2000);

    assertThatThrownBy(() -> harness.pipeline(ledger).run())
        .isInstanceOf(RelayException.class)
        .hasMessageContaining("554 5.7.1");

    assertThat(ledger.counts())
        .isEqualTo(Map.of(DeliveryState.Planned, 1990, DeliveryState.Deferred, 10));
  }

  @Test
  void unknownAddressesAtTheHeadOfTheListSayNothingAboutTheRelay() throws Exception {
    send(
        50,
        call ->
            call.moment() == Moment.Rcpt && call.argument().matches(".*<p[1-3]?[0-9]@.*")
                ? "550 5.1.1 unknown"
                : null);

    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Sent, 11, DeliveryState.Failed, 39));
  }

  @Test
  void aRelayThatFailsForLongEndsTheRunWithoutLosingAnybody() throws Exception {
    AtomicInteger mails = new AtomicInteger();
    harness =
        new PipelineHarness(
            call ->
                call.moment() == Moment.Mail && mails.incrementAndGet() > 100
                    ? "421 4.3.2 out of order"
                    : null);
    harness.options =
        harness
            .options
            .withRelayPatience(Duration.ofMillis(300))
            .withRetries(new RetryPolicy(50, Duration.ofMillis(20), Duration.ofMillis(50)));
    ledger = InMemoryLedger.of(2000);

    assertThatThrownBy(() -> harness.pipeline(ledger).run())
        .isInstanceOf(RelayException.class)
        .hasMessageContaining("421 4.3.2");

    assertThat(ledger.counts().get(DeliveryState.Sent)).isEqualTo(100);
    assertThat(ledger.counts())
        .containsOnlyKeys(DeliveryState.Sent, DeliveryState.Planned, DeliveryState.Deferred);
    assertThat(mails.get()).as("no spinning").isLessThan(300);
  }

  @Test
  void aRestartOfTheRelayCostsNobodyTheirMail() throws Exception {
    AtomicInteger greetings = new AtomicInteger();
    AtomicInteger accepted = new AtomicInteger();
    harness =
        new PipelineHarness(
            call -> {
              boolean down = accepted.get() >= 300 && greetings.get() < 6;
              if (call.moment() == Moment.Greeting && down) {
                greetings.incrementAndGet();
                return FaultySmtpServer.CLOSE;
              }
              if (call.moment() == Moment.AfterDot) {
                accepted.incrementAndGet();
              }
              return down && call.moment() == Moment.Mail ? FaultySmtpServer.CLOSE : null;
            });
    ledger = InMemoryLedger.of(1000);

    DeliveryReport report = harness.pipeline(ledger).run();

    assertThat(report.totals().sent()).isEqualTo(1000);
    assertThat(report.totals().failed()).isZero();
    assertThat(harness.server.received()).hasSize(1000);
    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void aRelayThatTakesFewConnectionsIsServedThroughThose() throws Exception {
    AtomicInteger mailed = new AtomicInteger();
    harness =
        new PipelineHarness(
            call -> {
              if (call.moment() == Moment.AfterDot) {
                mailed.incrementAndGet();
              }
              return call.moment() == Moment.Greeting && call.connection() > 1 && mailed.get() < 900
                  ? "421 4.7.0 too many connections"
                  : null;
            });
    ledger = InMemoryLedger.of(1000);

    DeliveryReport report = harness.pipeline(ledger).run();

    assertThat(report.totals().sent()).isEqualTo(1000);
    assertThat(report.totals().failed()).isZero();
  }

  @Test
  void cancellingFinishesWhatIsUnderWayAndGivesBackTheRest() throws Exception {
    harness = new PipelineHarness(FINE);
    ledger = InMemoryLedger.of(2000);
    ledger.limit(200);
    DeliveryPipeline pipeline = harness.pipeline(ledger);
    CompletableFuture<DeliveryReport> running = inBackground(pipeline);
    Awaitility.await().until(() -> harness.server.received().size() > 20);

    pipeline.cancel();
    DeliveryReport report = running.get(20, TimeUnit.SECONDS);

    assertThat(report.end()).isEqualTo(End.Cancelled);
    assertThat(ledger.counts()).containsOnlyKeys(DeliveryState.Sent, DeliveryState.Planned);
    assertThat(ledger.counts().get(DeliveryState.Sent))
        .isEqualTo(harness.server.received().size())
        .isLessThan(500);
    assertThat(ledger.violations()).isEmpty();

    ledger.limit(0);
    assertThat(harness.pipeline(ledger).run().end()).isEqualTo(End.Completed);
    assertThat(harness.server.received())
        .extracting(FaultySmtpServer.Received::rcpt)
        .doesNotHaveDuplicates()
        .hasSize(2000);
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
  void theDeadlineEndsTheRunAndLeavesTheDeferred() throws Exception {
    harness = new PipelineHarness(to("p7@example.com", "450 4.2.0 greylisted"));
    harness.options =
        harness
            .options
            .withRetries(RetryPolicy.STANDARD)
            .withDeadline(Instant.now().plusSeconds(2));
    ledger = InMemoryLedger.of(20);

    DeliveryReport report = harness.pipeline(ledger).run();

    assertThat(report.end()).isEqualTo(End.DeadlineReached);
    assertThat(ledger.counts())
        .isEqualTo(Map.of(DeliveryState.Sent, 19, DeliveryState.Deferred, 1));
  }

  @Test
  void theRateIsKept() throws Exception {
    harness = new PipelineHarness(FINE);
    ledger = InMemoryLedger.of(100);
    ledger.limit(100);

    long start = System.nanoTime();
    harness.pipeline(ledger).run();

    // A chunk of ten may go ahead.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(850));
    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Sent, 100));
  }

  @Test
  void whoIsNotOursAnyMoreWhenMarkedIsNotMailed() throws Exception {
    harness = new PipelineHarness(FINE);
    ledger =
        new InMemoryLedger() {
          @Override
          public Set<Long> markSending(Collection<Long> profileIds) {
            return super.markSending(profileIds.stream().filter(id -> id != 7).toList());
          }
        };
    for (int i = 1; i <= 20; i++) {
      ledger.add(i, "p" + i + "@example.com");
    }

    harness.pipeline(ledger).run();

    assertThat(harness.received("p7@example.com")).isZero();
    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Sent, 19, DeliveryState.Claimed, 1));
  }

  @Test
  void aLostLeaseStopsTheRun() {
    harness = new PipelineHarness(FINE);
    ledger = InMemoryLedger.of(2000);
    ledger.limit(100);
    CompletableFuture<DeliveryReport> running = inBackground(harness.pipeline(ledger));
    Awaitility.await().until(() -> harness.server.received().size() > 5);

    ledger.lose();

    assertThat(running)
        .failsWithin(20, TimeUnit.SECONDS)
        .withThrowableThat()
        .withMessageContaining("lease");
    assertThat(harness.server.received().size()).isLessThan(500);
  }

  @Test
  void outcomesSurviveADatabaseThatFailsForAWhile() throws Exception {
    harness = new PipelineHarness(FINE);
    AtomicInteger failures = new AtomicInteger();
    ledger =
        new InMemoryLedger() {
          @Override
          public void record(List<Outcome> outcomes) {
            if (failures.incrementAndGet() <= 3) {
              throw new IllegalStateException("database is restarting");
            }
            super.record(outcomes);
          }
        };
    for (int i = 1; i <= 200; i++) {
      ledger.add(i, "p" + i + "@example.com");
    }

    harness.pipeline(ledger).run();

    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Sent, 200));
    assertThat(harness.server.received()).hasSize(200);
  }

  @Test
  void whoWatchesCannotStopTheRecording() throws Exception {
    harness = new PipelineHarness(FINE);
    harness.listener =
        totals -> {
          throw new IllegalStateException("no terminal");
        };
    ledger = InMemoryLedger.of(200);

    harness.pipeline(ledger).run();

    assertThat(ledger.counts()).isEqualTo(Map.of(DeliveryState.Sent, 200));
  }

  @Test
  void aDatabaseThatFailsWhileMarkingStopsTheRunAndNobodyIsLost() {
    harness = new PipelineHarness(FINE);
    AtomicInteger marks = new AtomicInteger();
    ledger =
        new InMemoryLedger() {
          @Override
          public Set<Long> markSending(Collection<Long> profileIds) {
            Set<Long> marked = super.markSending(profileIds);
            if (marks.incrementAndGet() == 3) {
              throw new IllegalStateException("the connection broke after the commit");
            }
            return marked;
          }
        };
    for (int i = 1; i <= 2000; i++) {
      ledger.add(i, "p" + i + "@example.com");
    }

    assertThatThrownBy(() -> harness.pipeline(ledger).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after the commit");
    assertThat(ledger.counts()).containsOnlyKeys(DeliveryState.Sent, DeliveryState.Planned);
    assertThat(ledger.counts().get(DeliveryState.Sent)).isEqualTo(harness.server.received().size());
  }

  @Test
  void aRelayThatServesInBurstsCostsNobodyAnAttempt() throws Exception {
    AtomicInteger served = new AtomicInteger();
    harness =
        new PipelineHarness(
            call ->
                call.moment() == Moment.Mail && served.incrementAndGet() % 21 == 0
                    ? "421 4.7.0 enough for now"
                    : null);
    harness.options =
        harness.options.withRetries(
            new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(20)));
    ledger = InMemoryLedger.of(300);

    harness.pipeline(ledger).run();

    assertThat(ledger.counts().get(DeliveryState.Sent)).isGreaterThanOrEqualTo(295);
    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void aClaimThatFailsStopsTheRunAfterWhatIsUnderWay() {
    harness = new PipelineHarness(FINE);
    AtomicInteger claims = new AtomicInteger();
    ledger =
        new InMemoryLedger() {
          @Override
          public List<Recipient> claim(int limit) {
            if (claims.incrementAndGet() == 3) {
              throw new IllegalStateException("no database");
            }
            return super.claim(limit);
          }
        };
    for (int i = 1; i <= 2000; i++) {
      ledger.add(i, "p" + i + "@example.com");
    }

    assertThatThrownBy(() -> harness.pipeline(ledger).run()).hasMessage("no database");
    assertThat(ledger.counts()).containsOnlyKeys(DeliveryState.Sent, DeliveryState.Planned);
    assertThat(ledger.counts().get(DeliveryState.Sent)).isEqualTo(harness.server.received().size());
  }
}
