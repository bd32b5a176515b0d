package dev.lettershop.delivery.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.testkit.FaultySmtpServer.Moment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two servers that speak SMTP, one of which does as the test says. */
class SeveralRelaysTest {
  private final AtomicReference<String> trouble = new AtomicReference<>();
  private final AtomicReference<Moment> moment = new AtomicReference<>(Moment.Mail);
  private final AtomicLong nanos = new AtomicLong();
  private volatile double drawn;
  private FaultySmtpServer first;
  private FaultySmtpServer second;

  @BeforeEach
  void start() {
    first = new FaultySmtpServer(call -> call.moment() == moment.get() ? trouble.get() : null);
    second = new FaultySmtpServer(call -> null);
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private SeveralRelays relays(int share) {
    return new SeveralRelays(
        List.of(
            new SeveralRelays.Choice(relay(first), 100 - share),
            new SeveralRelays.Choice(relay(second), share)),
        () -> drawn,
        nanos::get);
  }

  private static MailRelay relay(FaultySmtpServer server) {
    return new SmtpRelay(SmtpSettings.of("127.0.0.1", server.port(), SmtpSettings.Tls.None));
  }

  private static SmtpResult send(RelaySession session, int number) throws RelayException {
    return session.send(TestMessages.to("p" + number + "@people.example"));
  }

  @Test
  void theSecondTakesThePlaceOfAFirstThatIsAwayAndGivesItBack() throws Exception {
    moment.set(Moment.Greeting);
    trouble.set("421 4.3.2 closing");
    try (SeveralRelays relays = relays(0)) {
      try (RelaySession session = new RelaySession(relays, 100)) {
        assertThat(send(session, 1)).isInstanceOf(SmtpResult.Accepted.class);
      }
      trouble.set(null);
      try (RelaySession session = new RelaySession(relays, 100)) {
        assertThat(send(session, 2)).isInstanceOf(SmtpResult.Accepted.class);
      }
      assertThat(second.received()).hasSize(2);
      nanos.addAndGet(Duration.ofSeconds(31).toNanos());
      try (RelaySession session = new RelaySession(relays, 100)) {
        assertThat(send(session, 3)).isInstanceOf(SmtpResult.Accepted.class);
      }
    }
    assertThat(first.received()).hasSize(1);
    assertThat(second.received()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"Mail, 451 4.3.0 quota", "Mail, <close>", "Content, <close>"})
  void aServerThatConnectsAndTakesNothingIsLeftAfterThreeMessages(Moment when, String answer)
      throws Exception {
    moment.set(when);
    trouble.set(answer);
    try (SeveralRelays relays = relays(0);
        RelaySession session = new RelaySession(relays, 100)) {
      for (int i = 1; i <= 3; i++) {
        assertThat(send(session, i)).isNotInstanceOf(SmtpResult.Accepted.class);
      }
      assertThat(send(session, 4)).isInstanceOf(SmtpResult.Accepted.class);
    }
    assertThat(first.received()).isEmpty();
    assertThat(second.received()).singleElement().matches(m -> m.rcpt().contains("p4@"));
  }

  @Test
  void whatMayHaveBeenTakenIsNotGivenToTheOther() throws Exception {
    moment.set(Moment.AfterDot);
    trouble.set(FaultySmtpServer.CLOSE);
    try (SeveralRelays relays = relays(0);
        RelaySession session = new RelaySession(relays, 100)) {
      for (int i = 1; i <= 3; i++) {
        assertThat(send(session, i)).isInstanceOf(SmtpResult.ConnectionLostAfterFinalDot.class);
      }
      assertThat(send(session, 4)).isInstanceOf(SmtpResult.Accepted.class);
    }
    assertThat(second.received()).singleElement().matches(m -> m.rcpt().contains("p4@"));
  }

  @ParameterizedTest
  @CsvSource({"Rcpt, 450 4.2.1 busy", "Rcpt, 550 5.1.1 unknown"})
  void whatIsAboutTheRecipientSaysNothingAboutTheServer(Moment when, String answer)
      throws Exception {
    moment.set(when);
    trouble.set(answer);
    try (SeveralRelays relays = relays(0);
        RelaySession session = new RelaySession(relays, 100)) {
      for (int i = 1; i <= 10; i++) {
        assertThat(send(session, i)).isNotInstanceOf(SmtpResult.Accepted.class);
      }
    }
    assertThat(second.connections()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0.0, 1, 0", "0.69, 1, 0", "0.71, 0, 1", "0.99, 0, 1"})
  void eachConnectionGoesWhereTheSharesSay(double chance, int one, int other) throws Exception {
    drawn = chance;
    try (SeveralRelays relays = relays(30);
        RelaySession session = new RelaySession(relays, 100)) {
      send(session, 1);
    }
    assertThat(first.received()).hasSize(one);
    assertThat(second.received()).hasSize(other);
  }

  @Test
  void whereWaitingHelpsWithOneOfThemItIsWorthWaiting() {
    moment.set(Moment.Greeting);
    trouble.set("554 5.7.1 not you");
    second.close();
    try (SeveralRelays relays = relays(0)) {
      assertThatThrownBy(relays::connect)
          .isInstanceOfSatisfying(RelayException.class, e -> assertThat(e.isTransient()).isTrue());
    }
  }
}
