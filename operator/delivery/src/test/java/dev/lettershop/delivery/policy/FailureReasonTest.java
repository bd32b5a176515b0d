package dev.lettershop.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.delivery.smtp.SmtpResult;
import dev.lettershop.delivery.smtp.SmtpStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureReasonTest {

  @ParameterizedTest
  @CsvSource({
    "Rcpt, 550 5.1.1, addressRejected",
    "Rcpt, 550 5.1.10, addressRejected",
    "Rcpt, 550 5.1.8, senderRejected",
    "Rcpt, 552 5.2.2, mailboxFull",
    "Rcpt, 550 5.2.1, mailboxUnavailable",
    "Data, 554 5.3.0, systemTrouble",
    "Rcpt, 550 5.4.6, systemTrouble",
    "Content, 554 5.6.0, contentRejected",
    "Content, 550 5.7.1, policy",
    "Rcpt, 550, addressRejected",
    "Content, 554, refused",
    "Local, SmtpUtf8NotOffered, refused"
  })
  void theEnhancedCodeSaysWhy(SmtpStage stage, String code, String reason) {
    assertThat(FailureReason.of(new SmtpResult.PermanentFailure(stage, code))).isEqualTo(reason);
  }
}
