package dev.lettershop.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.delivery.smtp.SmtpResult;
import dev.lettershop.delivery.smtp.SmtpStage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DomainGateTest {
  private static final SmtpResult FINE = new SmtpResult.Accepted("250");
  private static final SmtpResult LATER =
      new SmtpResult.TransientFailure(SmtpStage.Rcpt, "451 4.7.1");

  private long now;
  private final DomainGate gate = new DomainGate(3, () -> 0.5, () -> now);

  private void send(SmtpResult result) {
    assertThat(gate.enter("a.example")).isTrue();
    gate.left("a.example", result, false);
  }

  @Test
  void aDomainGetsSoManyMessagesAtATimeAndOthersDoNotCare() {
    for (int i = 0; i < 3; i++) {
      assertThat(gate.enter("a.example")).isTrue();
    }
    assertThat(gate.enter("a.example")).isFalse();
    assertThat(gate.enter("b.example")).isTrue();

    gate.left("a.example", FINE, false);

    assertThat(gate.enter("a.example")).isTrue();
  }

  @Test
  void aDomainThatSaysLaterAgainAndAgainRestsLongerEachTime() {
    for (int i = 1; i < DomainGate.PATIENCE; i++) {
      send(LATER);
      assertThat(gate.restOf("a.example")).isZero();
    }

    send(LATER);
    assertThat(gate.restOf("a.example")).isEqualTo(Duration.ofSeconds(5));
    now += Duration.ofSeconds(5).toNanos();
    assertThat(gate.restOf("a.example")).isZero();
    assertThat(gate.enter("a.example")).isTrue();
    assertThat(gate.enter("a.example")).as("one message finds out").isFalse();

    DomainGate.Rest second = gate.left("a.example", LATER, false).orElseThrow();
    assertThat(second.time()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void oneMessageThatIsTakenEndsTheTroubleAndOthersAreTold() {
    for (int i = 0; i < DomainGate.PATIENCE; i++) {
      send(LATER);
    }
    now += Duration.ofSeconds(5).toNanos();

    assertThat(gate.enter("a.example")).isTrue();
    DomainGate.Rest news = gate.left("a.example", FINE, false).orElseThrow();

    assertThat(news.time()).isZero();
    assertThat(gate.enter("a.example")).isTrue();
    assertThat(gate.enter("a.example")).isTrue();
  }

  @Test
  void greylistingAlmostNeverLooksLikeTrouble() {
    for (int i = 1; i < 10 * DomainGate.PATIENCE; i++) {
      gate.enter("a.example");
      assertThat(gate.left("a.example", LATER, true)).isEmpty();
    }
    send(FINE);

    assertThat(gate.restOf("a.example")).isZero();
  }

  @Test
  void fullMailboxesAndARelayInTroubleAreNotTheDomainsFault() {
    for (int i = 0; i < 3 * DomainGate.PATIENCE; i++) {
      send(new SmtpResult.TransientFailure(SmtpStage.Rcpt, "452 4.2.2"));
      send(new SmtpResult.TransientFailure(SmtpStage.Mail, "451 4.3.0"));
      send(new SmtpResult.TransientFailure(SmtpStage.Data, "421 4.3.2"));
    }

    assertThat(gate.restOf("a.example")).isZero();
  }
}
