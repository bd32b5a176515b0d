package dev.lettershop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.delivery.pipeline.DeliveryPipeline;
import dev.lettershop.delivery.pipeline.DeliveryReport;
import dev.lettershop.delivery.policy.RetryPolicy;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.testkit.FaultySmtpServer.Moment;
import dev.lettershop.testkit.FaultySmtpServer.Script;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many sessions a relay has to serve that takes nothing at the moment. */
@Timeout(60)
class RelaySessionsTest {
  private static final int RECIPIENTS = 3;

  /** One for each recipient's try, one before anything is claimed, and some for the pauses. */
  private static final int BOUND = 2 * RECIPIENTS + 2;

  private static final Duration WATCHED = Duration.ofMillis(1500);

  /** Whoever is put off falls due long after the test. */
  private static final RetryPolicy LATER =
      new RetryPolicy(5, Duration.ofHours(1), Duration.ofHours(1));

  @ParameterizedTest
  @CsvSource({
    "Greeting, 421 4.3.2 later, true",
    "Greeting, 450 4.3.2 later, true",
    "Greeting, <close>,         true",
    "Ehlo,     421 4.3.2 later, true",
    "Ehlo,     451 4.3.2 later, true",
    "Mail,     421 4.3.2 later, false",
    "Mail,     450 4.3.2 later, false",
    "Mail,     450 4.3.2 later, true",
    "Mail,     452 4.3.1 later, false",
    "Mail,     452 4.3.1 later, true",
    "Mail,     <close>,         true",
    "Rcpt,     421 4.3.2 later, false",
    "Rcpt,     450 4.2.0 later, true",
    "Rcpt,     <close>,         true",
    "Data,     421 4.3.2 later, false",
    "Data,     451 4.3.0 later, true",
    "AfterDot, 421 4.3.2 later, false",
    "AfterDot, 452 4.3.1 later, true",
    "AfterDot, 451 4.3.0 later, false"
  })
  void aRelayThatSaysLaterServesFewSessions(Moment moment, String answer, boolean hangsUp)
      throws Exception {
    Script script =
        call -> {
          if (call.moment() == moment) {
            return answer;
          }
          return hangsUp && call.moment() == Moment.Rset ? "421 4.4.2 bye" : null;
        };
    try (PipelineHarness harness = new PipelineHarness(script)) {
      harness.options = harness.options.withRetries(LATER).waitingForRelay(Duration.ofMinutes(10));
      InMemoryLedger ledger = InMemoryLedger.of(RECIPIENTS);
      DeliveryPipeline pipeline = harness.pipeline(ledger);
      CompletableFuture<DeliveryReport> run = run(pipeline);

      Awaitility.await()
          .during(WATCHED)
          .atMost(WATCHED.multipliedBy(4))
          .until(() -> harness.server.connections() <= BOUND);
      pipeline.cancel();
      run.get(20, TimeUnit.SECONDS);

      assertThat(harness.server.connections()).isBetween(1, BOUND);
      assertThat(ledger.counts()).doesNotContainKey(DeliveryState.Sending);
      assertThat(ledger.violations()).isEmpty();
    }
  }

  @Test
  void aRelayThatComesBackIsFoundWithoutASessionOfItsOwn() throws Exception {
    try (PipelineHarness harness =
        new PipelineHarness(
            call ->
                call.moment() == Moment.Greeting && call.connection() <= 3
                    ? "421 4.3.2 later"
                    : null)) {
      harness.options = harness.options.withConnections(1).waitingForRelay(Duration.ofMinutes(10));
      InMemoryLedger ledger = InMemoryLedger.of(RECIPIENTS);

      harness.pipeline(ledger).run();

      assertThat(ledger.counts()).containsOnlyKeys(DeliveryState.Sent);
      assertThat(harness.server.connections()).isEqualTo(4);
    }
  }

  private static CompletableFuture<DeliveryReport> run(DeliveryPipeline pipeline) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return pipeline.run();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
