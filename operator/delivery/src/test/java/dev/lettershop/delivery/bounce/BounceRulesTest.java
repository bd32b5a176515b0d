package dev.lettershop.delivery.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lettershop.delivery.bounce.Verdict.Meaning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "sunk    | 2.0.0  | ok                                                     | Ignored |",
        "sunk    | 4.0.0  | ok                                                     | Soft   |",
        // The server's own code and words win over the report's status.
        "failed  | 5.1.1  | 550 5.7.1 IP address blacklisted by recipient          | Policy | 5.7.1",
        "failed  | 5.1.1  | 552 5.2.2 Over quota                                   | Soft   | 5.2.2",
        "failed  | 5.1.1  | 552 sorry, mailbox ada@example.com is over quota (#5.1.1) | Soft | 5.1.1",
        "failed  | 5.1.1  | 550 5.1.1 192.0.2.1 has sent to too many recipients this hour | Policy | 5.1.1",
        "failed  | 5.2.1  | 550-5.2.1 The user you are trying to contact is receiving mail at a rate that prevents more | Policy | 5.2.1",
        "failed  | 5.1.3  | 553 https://www.spamhaus.org/query/ip/192.0.2.1        | Policy | 5.1.3",
        "failed  | 5.1.1  | 550 5.1.1 Refused due to recipient preferences         | Policy | 5.1.1",
        "failed  | 5.7.1  | 553 Invalid recipient ada@example.com (Mode: normal)   | Hard   | 5.7.1",
        "failed  | 4.1.1  | 450 4.1.1 <ada@example.com>: Recipient address rejected: User unknown in virtual alias table | Hard | 4.1.1",
        "failed  | 5.3.0  | 553 5.3.0 <ada@example.com>... No such user here       | Hard   | 5.3.0",
        "failed  | 5.0.0  | 5.1.0 - Unknown address error 550-'5.7.1 <n@shop.example>... Access denied' | Policy | 5.7.1",
        "failed  | 5.0.0  | 550 5.1.0 - Unknown address error 550-'5.1.1 no mailbox here' | Hard | 5.1.1",
        // Words about the sender are never words about the recipient.
        "failed  | 5.1.1  | 550 5.1.1 Sender address rejected: Domain not found    | Policy | 5.1.1",
        "failed  | 5.1.1  | 550 Verification failed for <b-x@bounces.shop.example> No such user. Sender verify failed | Policy | 5.1.1",
        "failed  | 5.0.0  | 550 Domain of sender address b-x@bounces.shop.example does not exist | Policy | 5.0.0",
        "failed  | 5.0.0  | 501 Helo command rejected: Host not found              | Policy | 5.0.0",
        "failed  | 5.2.0  | 550 5.2.0 <n@shop.example> From: Domain is invalid. Please provide a valid From | Policy | 5.2.0",
        "failed  | 5.0.0  | 554 INVALID IP FOR SENDING MAIL OF DOMAIN shop.example | Policy | 5.0.0",
        "failed  | 5.1.1  | 550 5.1.1 Mail from 192.0.2.1 rejected: access denylist | Policy | 5.1.1",
        "failed  | 5.5.0  | 550 Your server is not found in reverse DNS            | Policy | 5.5.0",
        // What stands in addresses and links says nothing.
        "failed  | 5.1.1  | 550 5.1.1 <no-spam@example.com> user unknown, see https://antispam.example/help | Hard | 5.1.1",
        "failed  | 5.0.0  | 550 <user-unknown@example.com> https://example.com/no-such-user | Soft | 5.0.0",
        // Domains that take no mail.
        "failed  | 5.7.27 | 550 Host does not accept mail                          | Hard   | 5.7.27",
        "failed  | 5.3.2  | 521 5.3.2 System not accepting network messages        | Hard   | 5.3.2",
        "failed  | 5.0.0  | The domain example.com does not accept mail (nullMX)   | Hard   | 5.0.0",
        "failed  | 5.4.1  | 550 5.4.1 [ada@example.com]: Recipient address rejected: Access denied | Hard | 5.4.1",
        "failed  | 4.0.0  | DNS type 'mx' lookup of example.com responded with code NXDOMAIN Domain name not found | Soft | 4.0.0",
        "failed  | 4.0.0  | DNS Error: 42 DNS type 'mx' lookup of example.com had no relevant answers | Soft | 4.0.0",
        "failed  | 5.0.0  | DNS Error: 42 DNS type 'mx' lookup of example.com had no relevant answers | Hard | 5.0.0",
        "failed  | 4.4.3  | Host or domain name not found. Name service error: Host not found, try again | Soft | 4.4.3",
        "failed  | 4.2.0  | 450 4.2.0 <ada@example.com>: Recipient address rejected: Greylisted | Soft | 4.2.0",
        "expired | 4.4.7  | Connection timed out                                   | Soft   | 4.4.7"
      })
  void aDeliveryReportIsJudgedByActionCodeAndWords(
      String action, String status, String diagnostic, Meaning meaning, String code) {
    Verdict verdict = judge(Messages.dsn(TO, action, status, diagnostic));

    assertThat(verdict.meaning()).isEqualTo(meaning);
    assertThat(verdict.code()).isEqualTo(code);
    if (action.equals("failed") || action.equals("expired")) {
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
        "postmaster@exchange.example | Undeliverable: News | Something went wrong. | Soft |",
        "postmaster@exchange.example | Your quarantine today | 3 mails wait for you. | Unknown |",
        "MAILER-DAEMON@mx.example | failure notice | Sorry, we were unable to deliver your message.~<ada@example.com>:~No mx record found for domain=example.com | Hard |",
        "MAILER-DAEMON@mx.example | Failure Notice | <ada@example.com>:~Unable to deliver message after multiple retries, giving up. | Soft |",
        "postmaster@exchange.example | Unzustellbar: News | Die eingegebene E-Mail-Adresse konnte nicht gefunden werden. | Hard |",
        "postmaster@exchange.example | Unzustellbar: News | Der Empfänger ist unbekannt. Adresse existiert nicht. | Hard |",
        "postmaster@exchange.example | Non remis : News | L'adresse de messagerie que vous avez entrée est introuvable. | Hard |",
        "postmaster@exchange.example | Non remis : News | Cette adresse n’existe pas. | Hard |",
        "postmaster@domino.example | DELIVERY FAILURE | User ada (ada@example.com) not listed in Domino Directory | Hard |",
        "mailer-daemon@mail.example | Delivery Status Notification (Failure) | The group you tried to contact (news) may not exist, or you may not have permission to post messages to the group. | Policy |",
        "mailer-daemon@mail.example | Undeliverable Mail | User mailbox exceeds allowed size: ada@example.com | Soft |",
        "mailer-daemon@mail.example | Returned mail | >>> RCPT To:<ada@example.com>~<<< 550 <ada@example.com>, User Unknown~421 example.com... Deferred: Connection timed out | Hard | 550",
        "Mail Delivery System <mailer-daemon@mx.example> | Warning: message 1a delayed 24 hours | A message that you sent has not yet been delivered to one or more of its recipients: 450 no such user | Ignored |",
        "MAILER-DAEMON@mx.example | Warning: could not send message for past 4 hours | THIS IS A WARNING MESSAGE ONLY~451 4.4.1 Connection timed out | Ignored |",
        "mailer-daemon@mail.example | Delivery Status Notification (Delay) | Message will be retried for 2 more day(s): 550 5.1.1 | Ignored |",
        "mailer-daemon@mail.example | Delivery problem | There was a temporary problem delivering your message. It will be retried for 47 more hours. | Ignored |",
        "ada@example.com | Delivery problem solved | Great that you can deliver again! My mailbox is not full any more. | Unknown |",
        "ada@example.com | Re: Undeliverable: News | The mail could not be delivered? My account was closed. | Unknown |",
        "ada@example.com | Out of Office: Delivery problem solved | My mailbox is disabled until Monday. | Ignored |",
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

  /** The subject is the one of the mail that is answered, so it must not decide. */
  @ParameterizedTest
  @CsvSource({
    "Auto-Submitted: auto-replied",
    "X-Autoreply: yes",
    "Precedence: auto_reply",
    "Precedence: auto-reply"
  })
  void anAutomaticAnswerToAMailAboutDeliveryIsNoBounce(String field) {
    String reply =
        Messages.plain(
            TO,
            "Ada <ada@example.com>",
            "Delivery problem solved",
            "I am away. If your mail could not be delivered, the recipient is unknown.");

    assertThat(judge(field + "\n" + reply).meaning()).isEqualTo(Meaning.Ignored);
  }

  /** Servers that write under a name of their own are known by the missing return path. */
  @Test
  void aNoticeWithoutAReturnPathIsABounceWhateverItsSender() {
    String notice =
        Messages.plain(
            TO, "no-reply@isp.example", "Mail", "Could not be delivered: their mailbox is full.");

    assertThat(judge("Return-Path: <>\n" + notice).meaning()).isEqualTo(Meaning.Soft);
    assertThat(judge("Return-Path: <ada@isp.example>\n" + notice).meaning())
        .isEqualTo(Meaning.Unknown);
  }

  @Test
  void aReportWithoutReasonIsExplainedByItsNotice() {
    String report =
        Messages.dsn(TO, "failed", "5.0.0", "550")
            .replace(
                "I'm sorry to have to inform you",
                "** Address not found **\n\nIt wasn't delivered because the address couldn't be"
                    + " found.");

    assertThat(judge(report).meaning()).isEqualTo(Meaning.Hard);
  }

  /** What the mail itself says must not count, whatever servers do with it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--- Below this line is a copy of the message.",
        "------ This is a copy of the message, including all the headers. ------",
        "   ----- Unsent message follows -----",
        "   ----- Original message -----",
        "Original message follows.",
        "Message headers follow.",
        "Below is a copy of the original message:",
        "--- The header of the original message is following. ---",
        "Received: from shop.example by mx.example"
      })
  void wordsOfTheMailThatCameBackDoNotCount(String border) {
    String notice =
        Messages.plain(
            TO,
            "MAILER-DAEMON@mx.example",
            "failure notice",
            "<ada@example.com>: 452 4.2.2 Mailbox full\n\n"
                + border
                + "\n\n550 5.1.1 no such user");

    assertThat(judge(notice)).isEqualTo(new Verdict(Meaning.Soft, "4.2.2", null));
  }

  @ParameterizedTest
  @CsvSource({
    "Permanent, 5.1.1, smtp; 550 5.1.1 user unknown,             Hard,   5.1.1",
    "Permanent, 5.7.1, smtp; 550 5.7.1 message rejected as spam, Policy, 5.7.1",
    "Transient, 4.4.7, smtp; 550 4.4.7 Message expired,          Soft,   4.4.7"
  })
  void noticesOfAmazonSesAreRead(
      String type, String status, String diagnostic, Meaning meaning, String code) {
    String notice = Messages.sesBounce(TO, type, status, diagnostic);

    Verdict verdict = judge(notice);
    assertThat(verdict.meaning()).isEqualTo(meaning);
    assertThat(verdict.code()).isEqualTo(code);
    assertThat(verdict.reportedAddress()).isEqualTo("ada@example.com");
    assertThat(judge(Messages.inSnsEnvelope(notice)).meaning()).isEqualTo(meaning);
  }

  @Test
  void complaintsWithoutAMachinePartAreRead() {
    assertThat(judge(Messages.sesComplaint(TO)).meaning()).isEqualTo(Meaning.Complaint);
    assertThat(judge(Messages.forwardedComplaint()).meaning()).isEqualTo(Meaning.Complaint);
    assertThat(
            judge(Messages.forwardedComplaint().replace("staff@hotmail", "ada@hotmail")).meaning())
        .isEqualTo(Meaning.Unknown);
  }

  @Test
  void aNoticeIsReadInItsOwnCharset() {
    byte[] notice =
        Messages.plain(
                TO,
                "postmaster@exchange.example",
                "Unzustellbar",
                "Empfänger ungültig: Empfänger unbekannt")
            .replace("\n\n", "\nContent-Type: text/plain; charset=iso-8859-1\n\n")
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(BounceRules.judge(ReadMessage.of(notice).orElseThrow()).meaning())
        .isEqualTo(Meaning.Hard);
  }

  /** Patterns must not run away on what somebody makes up. */
  @ParameterizedTest
  @ValueSource(
      strings = {"user ", "a@", "domain of ", "<", "address not ", "-- ", "5.", "http://a"})
  void longTextIsReadInNoTime(String piece) {
    String notice =
        Messages.plain(
            TO,
            "MAILER-DAEMON@mx.example",
            "failure notice",
            piece.repeat(64_000 / piece.length()));

    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> judge(notice));
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

  @Test
  void aReportWithoutItsBoundaryIsReadAsANotice() {
    Verdict verdict =
        judge(
            """
            From: Mail Delivery System <MAILER-DAEMON@relay.example>
            Subject: Undelivered Mail Returned to Sender

            --AA92/relay.example
            Content-Description: Notification
            Content-Type: text/plain; charset=us-ascii

            Your message could not be delivered to one or more recipients.

            <ada@example.com>: host mx.example.com[192.0.2.1] said: 550-5.1.1 The email
                account that you tried to reach does not exist. (in reply to RCPT TO command)

            --AA92/relay.example
            Content-Description: Delivery report
            """);

    assertThat(verdict.meaning()).isEqualTo(Meaning.Hard);
  }
}
