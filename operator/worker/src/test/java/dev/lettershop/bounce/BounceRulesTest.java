package dev.lettershop.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.bounce.Verdict.Meaning;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BounceRulesTest {
  private static final String TO = "b-x@bounces.shop.example";

  private static Verdict judge(String text) {
    return BounceRules.judge(ReadMessage.of(Messages.bytes(text)).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "failed  | 5.1.1  | 550 5.1.1 User unknown                                 | Hard   | 5.1.1",
        "failed  | 5.1.10 | 556 5.1.10 nullMX                                      | Hard   | 5.1.10",
        "failed  | 5.2.1  | 550 5.2.1 The account is disabled                      | Hard   | 5.2.1",
        "failed  | 5.4.4  | Host or domain name not found                          | Hard   | 5.4.4",
        "failed  | 5.0.0  | 550 No such user here                                  | Hard   | 5.0.0",
        "failed  | 5.0.0  | 550 5.1.1 <ada@example.com> rejected                   | Hard   | 5.1.1",
        "failed  | 5.5.0  | 550 Requested action not taken: mailbox unavailable    | Hard   | 5.5.0",
        "failed  | 5.2.2  | 552 5.2.2 Mailbox full                                 | Soft   | 5.2.2",
        "failed  | 5.0.0  | 552 Requested mail action aborted: exceeded storage quota exceeded | Soft | 5.0.0",
        "failed  | 4.4.1  | connect to mx.example.com: Connection timed out        | Soft   | 4.4.1",
        "failed  | 4.4.7  | delivery time expired                                  | Soft   | 4.4.7",
        "failed  | 5.0.0  | 554 no                                                 | Soft   | 5.0.0",
        "failed  | 5.7.1  | 554 5.7.1 Service unavailable; client host blocked     | Policy | 5.7.1",
        "failed  | 5.7.26 | 550 5.7.26 This message fails DMARC                    | Policy | 5.7.26",
        "failed  | 4.7.0  | 421 4.7.0 unusual rate of unsolicited mail             | Policy | 4.7.0",
        "failed  | 5.3.4  | message too big                                        | Policy | 5.3.4",
        "failed  | 5.0.0  | 554 Message rejected as spam                           | Policy | 5.0.0",
        "failed  | 5.1.8  | 501 5.1.8 bad sender                                   | Policy | 5.1.8",
        "delayed | 4.4.1  | Connection timed out                                   | Ignored |",
        "relayed | 2.0.0  | ok                                                     | Ignored |",
        "sunk    | 2.0.0  | ok                                                     | Unknown |"
      })
  void aDeliveryReportIsJudgedByActionCodeAndWords(
      String action, String status, String diagnostic, Meaning meaning, String code) {
    Verdict verdict = judge(Messages.dsn(TO, action, status, diagnostic));

    assertThat(verdict.meaning()).isEqualTo(meaning);
    assertThat(verdict.code()).isEqualTo(code);
    if (action.equals("failed")) {
      assertThat(verdict.reportedAddress()).isEqualTo("ada@example.com");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAILER-DAEMON@mx.example | failure notice | <ada@example.com>:~Sorry, no mailbox here by that name. (#5.1.1) | Hard | 5.1.1",
        "Mail Delivery System <Mailer-Daemon@mx.example> | Mail delivery failed: returning message to sender | ada@example.com~  host mx.example.com: 550 5.2.2 over quota~~------ This is a copy of the message, including all the headers. ------~~5.1.1 No such user | Soft | 5.2.2",
        "postmaster@exchange.example | Undeliverable: News | The e-mail address you entered couldn't be found: 550 no such user | Hard | 550",
        "postmaster@exchange.example | Undeliverable: News | Something went wrong. | Unknown |",
        "ada@example.com | Re: News | Thank you! I moved to 550 5th Avenue. | Unknown |",
        "ada@example.com | Out of Office: News | Back on Monday. | Ignored |",
        "ada@example.com | Automatic reply: News | mailbox full of holidays | Ignored |"
      })
  void otherBouncesAreJudgedByWhoWritesAndWhatTheySay(
      String from, String subject, String text, Meaning meaning, String code) {
    Verdict verdict = judge(Messages.plain(TO, from, subject, text.replace("~", "\n")));

    assertThat(verdict.meaning()).isEqualTo(meaning);
    assertThat(verdict.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "abuse, Complaint",
    "Fraud, Complaint",
    "opt-out, Complaint",
    "not-spam, Ignored",
    "auth-failure, Ignored"
  })
  void aFeedbackReportIsJudgedByItsType(String type, Meaning meaning) {
    assertThat(judge(Messages.complaint(type, "X-A: b")).meaning()).isEqualTo(meaning);
  }

  @Test
  void automaticMessagesAreKnownByTheirFields() {
    String reply = Messages.plain(TO, "ada@example.com", "Re: News", "I am away");

    assertThat(judge("Auto-Submitted: auto-replied\n" + reply).meaning())
        .isEqualTo(Meaning.Ignored);
    assertThat(judge("Auto-Submitted: no\n" + reply).meaning()).isEqualTo(Meaning.Unknown);
    assertThat(judge("Precedence: auto_reply\n" + reply).meaning()).isEqualTo(Meaning.Ignored);
  }

  /** Whatever comes in, something is said of it, and soon. */
  @Test
  void nothingThatIsCutOffOrGarbledBreaksAnything() {
    Random random = new Random(20260301);
    byte[] whole = Messages.bytes(Messages.dsn(TO, "failed", "5.1.1", "550 User unknown"));
    for (int i = 0; i < 2_000; i++) {
      byte[] broken = java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
      for (int j = random.nextInt(20); j > 0 && broken.length > 0; j--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      assertThat(ReadMessage.of(broken).map(BounceRules::judge).orElse(Verdict.of(Meaning.Unknown)))
          .isNotNull();
    }
  }
}
