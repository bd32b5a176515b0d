package dev.lettershop.playground.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplyScriptTest {
  private static final Reply LATER = Reply.answer(451, "4.7.1", "try again later");
  private static final Reply UNKNOWN = Reply.answer(550, "5.1.1", "no such mailbox");

  private final MemorySink sink = new MemorySink();

  @Test
  void refusesAShareOfTheRecipientsTheSameOnesEveryTime() throws IOException {
    ReplyScript script =
        ReplyScript.forShare(Stage.Recipient, 200, 1, LATER)
            .and(ReplyScript.forShare(Stage.Recipient, 100, 2, UNKNOWN));

    Set<String> deferredFirst = new HashSet<>();
    Set<String> deferredAgain = new HashSet<>();
    int unknown = 0;
    try (SmtpInbox inbox = SmtpInbox.builder(sink).script(script).start();
        SmtpTestClient client = SmtpTestClient.greeted(inbox)) {
      client.say("MAIL FROM:<a@shop.example>");
      for (int i = 0; i < 900; i++) {
        String address = "person" + i + "@example.com";
        String reply = client.say("RCPT TO:<" + address + ">");
        if (reply.startsWith("451 4.7.1")) {
          deferredFirst.add(address);
        }
        unknown += reply.startsWith("550 5.1.1") ? 1 : 0;
        if (client.say("RCPT TO:<" + address + ">").startsWith("451")) {
          deferredAgain.add(address);
        }
        client.say("RSET");
        client.say("MAIL FROM:<a@shop.example>");
      }
    }

    assertThat(deferredFirst).hasSizeBetween(120, 240).isEqualTo(deferredAgain);
    assertThat(unknown).isBetween(40, 130);
  }

  @Test
  void refusesNamedRecipientsAtTheFinalDotAndKeepsNothingOfThem() throws IOException {
    ReplyScript script =
        ReplyScript.forRecipients(Stage.FinalDot, Set.of("b@example.com"), UNKNOWN);

    try (SmtpInbox inbox = SmtpInbox.builder(sink).script(script).start();
        SmtpTestClient client = SmtpTestClient.greeted(inbox)) {
      assertThat(client.deliver("b@example.com", "one")).startsWith("550 5.1.1");
      assertThat(client.deliver("c@example.com", "two")).startsWith("250 ");
    }

    assertThat(sink.mails())
        .singleElement()
        .satisfies(
            mail -> assertThat(mail.envelope().recipients()).containsExactly("c@example.com"));
  }

  @Test
  void losesTheMessageWhenItDropsTheConnectionBeforeTheFinalDot() throws IOException {
    assertThat(keptWhenDroppedAt(Stage.Content)).isZero();
  }

  @Test
  void losesTheMessageWhenItDropsTheConnectionAtTheFinalDot() throws IOException {
    assertThat(keptWhenDroppedAt(Stage.FinalDot)).isZero();
  }

  @Test
  void keepsTheMessageWhenItDropsTheConnectionAfterwards() throws IOException {
    assertThat(keptWhenDroppedAt(Stage.Kept)).isEqualTo(1);
  }

  private int keptWhenDroppedAt(Stage stage) throws IOException {
    ReplyScript script = ReplyScript.firstTimes(stage, 1, Reply.DROP);
    try (SmtpInbox inbox = SmtpInbox.builder(sink).script(script).start()) {
      try (SmtpTestClient client = SmtpTestClient.greeted(inbox)) {
        client.say("MAIL FROM:<a@shop.example>");
        client.say("RCPT TO:<b@example.com>");
        assertThat(client.say("DATA")).startsWith("354 ");
        client.send("content\r\n.\r\n");
        assertThat(replyUnlessReset(client)).isNull();
      }
      int kept = sink.mails().size();
      try (SmtpTestClient client = SmtpTestClient.greeted(inbox)) {
        assertThat(client.deliver("c@example.com", "next")).startsWith("250 ");
      }
      return kept;
    }
  }

  private static String replyUnlessReset(SmtpTestClient client) {
    try {
      return client.readReply();
    } catch (IOException e) {
      return null; // reset while our bytes were still on their way: that is a drop as well
    }
  }

  @Test
  void endsTheSessionWith421() throws IOException {
    ReplyScript script =
        ReplyScript.firstTimes(Stage.Mail, 1, Reply.answer(421, "4.3.2", "closing"));
    try (SmtpInbox inbox = SmtpInbox.builder(sink).script(script).start();
        SmtpTestClient client = SmtpTestClient.greeted(inbox)) {
      assertThat(client.say("MAIL FROM:<a@shop.example>")).startsWith("421 4.3.2");
      assertThat(client.readReply()).isNull();
    }
  }

  @Test
  void takesNoReplyThatNoServerCouldGive() {
    assertThatIllegalArgumentException().isThrownBy(() -> Reply.answer(250, "2.0.0", "ok"));
    assertThatIllegalArgumentException().isThrownBy(() -> Reply.answer(450, "5.0.0", "ok"));
    assertThatIllegalArgumentException().isThrownBy(() -> Reply.answer(450, "4.0.0", "a\r\nb"));
  }
}
