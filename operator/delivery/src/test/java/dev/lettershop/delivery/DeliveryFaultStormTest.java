package dev.lettershop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.delivery.pipeline.DeliveryReport;
import dev.lettershop.delivery.policy.RetryPolicy;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.testkit.FaultySmtpServer.Moment;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger's promise under faults at every moment of the dialogue, at random. */
@Timeout(120)
class DeliveryFaultStormTest {
  private static final String[] FAULTS = {
    FaultySmtpServer.CLOSE,
    "421 4.3.2 bye",
    "451 4.3.0 later",
    "450 4.2.1 busy",
    "550 5.1.1 no",
    "554 5.7.1 no",
    "garbage"
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void nobodyIsMailedTwiceNobodyIsForgottenAndDoubtMeansALostReply(long seed) throws Exception {
    Random random = new Random(seed);
    AtomicInteger faults = new AtomicInteger();
    try (PipelineHarness harness =
        new PipelineHarness(
            call -> {
              boolean calm =
                  call.moment() == Moment.Greeting
                      || call.moment() == Moment.Ehlo
                      || call.moment() == Moment.Mail;
              synchronized (random) {
                if (random.nextInt(calm ? 400 : 60) > 0) {
                  return null;
                }
                faults.incrementAndGet();
                return FAULTS[random.nextInt(calm ? 4 : FAULTS.length)];
              }
            })) {
      harness.options =
          harness
              .options
              .withConnections(8)
              .withRetries(new RetryPolicy(10, Duration.ofMillis(10), Duration.ofMillis(40)));
      InMemoryLedger ledger = InMemoryLedger.of(400);

      DeliveryReport report = harness.pipeline(ledger).run();

      assertThat(report.end()).isEqualTo(DeliveryReport.End.Completed);
      assertThat(ledger.violations()).isEmpty();
      assertThat(faults.get()).as("faults of the server").isGreaterThan(10);
      // Which fault hits which step depends on the threads: doubt is likely, not certain.
      assertThat(ledger.counts().keySet())
          .isSubsetOf(DeliveryState.Sent, DeliveryState.Failed, DeliveryState.Uncertain);
      for (long id : ledger.profileIds()) {
        long received = harness.received(ledger.email(id));
        switch (ledger.state(id)) {
          case Sent -> assertThat(received).as("sent %d", id).isEqualTo(1);
          case Failed -> assertThat(received).as("failed %d", id).isZero();
          default -> assertThat(received).as("uncertain %d", id).isLessThanOrEqualTo(1);
        }
      }
    }
  }
}
