package dev.lettershop.delivery.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.delivery.pipeline.OutcomePolicy.RelaySign;
import dev.lettershop.delivery.policy.FailureReason;
import dev.lettershop.delivery.policy.RetryPolicy;
import dev.lettershop.delivery.smtp.SmtpResult;
import dev.lettershop.delivery.smtp.SmtpResult.Accepted;
import dev.lettershop.delivery.smtp.SmtpResult.ConnectionLostAfterFinalDot;
import dev.lettershop.delivery.smtp.SmtpResult.ConnectionLostBeforeFinalDot;
import dev.lettershop.delivery.smtp.SmtpResult.PermanentFailure;
import dev.lettershop.delivery.smtp.SmtpResult.TransientFailure;
import dev.lettershop.delivery.smtp.SmtpStage;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.store.ledger.Outcome;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomePolicyTest {
  private static final SmtpResult LOST_REPLY = new ConnectionLostAfterFinalDot("Timeout");

  private static Letter letter(int attempts) {
    return new Letter(7, attempts, null, "example.com", null);
  }

  private static OutcomePolicy policy(boolean resendUncertain) {
    return new OutcomePolicy(RetryPolicy.STANDARD, resendUncertain, () -> 0.5);
  }

  static Stream<Arguments> results() {
    return Stream.of(
        Arguments.of(new Accepted("250"), DeliveryState.Sent, RelaySign.Accepts),
        Arguments.of(
            new TransientFailure(SmtpStage.Rcpt, "450 4.2.0"),
            DeliveryState.Deferred,
            RelaySign.Works),
        Arguments.of(
            new TransientFailure(SmtpStage.Mail, "451"), DeliveryState.Deferred, RelaySign.Fails),
        Arguments.of(
            new TransientFailure(SmtpStage.Content, "421 4.3.2"),
            DeliveryState.Deferred,
            RelaySign.Fails),
        Arguments.of(
            new PermanentFailure(SmtpStage.Rcpt, "550 5.1.1"),
            DeliveryState.Failed,
            RelaySign.Refuses),
        Arguments.of(
            new PermanentFailure(SmtpStage.Mail, "550 5.7.1"),
            DeliveryState.Deferred,
            RelaySign.RefusesSender),
        Arguments.of(
            new PermanentFailure(SmtpStage.Mail, "552 5.3.4"),
            DeliveryState.Failed,
            RelaySign.Works),
        Arguments.of(
            new PermanentFailure(SmtpStage.Local, "SmtpUtf8NotOffered"),
            DeliveryState.Failed,
            RelaySign.Works),
        Arguments.of(
            new ConnectionLostBeforeFinalDot("ConnectionLost"),
            DeliveryState.Deferred,
            RelaySign.Fails),
        Arguments.of(LOST_REPLY, DeliveryState.Uncertain, RelaySign.Fails));
  }

  @ParameterizedTest
  @MethodSource("results")
  void aResultMeansOneThingForTheRecipientAndOneForTheRelay(
      SmtpResult result, DeliveryState state, RelaySign sign) {
    assertThat(policy(false).outcome(letter(0), result).state()).isEqualTo(state);
    assertThat(policy(false).sign(result)).isEqualTo(sign);
  }

  @Test
  void anAttemptIsDelayedByHowManyThereWere() {
    SmtpResult busy = new TransientFailure(SmtpStage.Rcpt, "450 4.2.0");

    assertThat(policy(false).outcome(letter(0), busy))
        .isEqualTo(Outcome.deferred(7, "450 4.2.0", Duration.ofSeconds(30)));
    assertThat(policy(false).outcome(letter(3), busy))
        .isEqualTo(Outcome.deferred(7, "450 4.2.0", Duration.ofMinutes(4)));
    assertThat(policy(false).outcome(letter(4), busy))
        .isEqualTo(Outcome.failed(7, "450 4.2.0", FailureReason.TRIED_IN_VAIN));
  }

  @Test
  void aLostReplyIsTriedAgainOnlyOnRequest() {
    assertThat(policy(false).outcome(letter(0), LOST_REPLY))
        .isEqualTo(Outcome.uncertain(7, "Timeout"));
    assertThat(policy(true).outcome(letter(0), LOST_REPLY))
        .isEqualTo(Outcome.deferred(7, "Timeout", Duration.ofSeconds(30)));
  }
}
