package dev.lettershop.playground.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmtpInboxTest {
  private final MemorySink sink = new MemorySink();
  private SmtpInbox inbox;

  @BeforeEach
  void start() throws IOException {
    inbox = SmtpInbox.builder(sink).maxMessageBytes(1_000_000).start();
  }

  @AfterEach
  void stop() {
    inbox.close();
  }

  @Test
  void keepsAMessageWithItsEnvelopeAsItWasSent() throws IOException {
    try (SmtpTestClient client = SmtpTestClient.greeted(inbox)) {
      String reply = client.deliver("ada@example.com", "Subject: Grüße\r\n\r\nHello");

      assertThat(reply).startsWith("250 2.0.0");
    }
    assertThat(sink.mails())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.envelope().sender()).isEqualTo("bounce@shop.example");
              assertThat(mail.envelope().recipients()).containsExactly("ada@example.com");
              assertThat(new String(mail.content(), StandardCharsets.UTF_8))
                  .isEqualTo("Subject: Grüße\r\n\r\nHello\r\n");
            });
  }

  @Test
  void announcesWhatItCan() throws IOException {
    try (SmtpTestClient client = new SmtpTestClient(inbox)) {
      assertThat(client.readReply()).startsWith("220 ");
      client.send("EHLO client.test\r\nNOOP\r\nVRFY ada\r\nQUIT\r\n");

      assertThat(client.readReply()).isEqualTo("250 ENHANCEDSTATUSCODES");
      assertThat(client.readReply()).startsWith("250 ");
      assertThat(client.readReply()).startsWith("502 ");
      assertThat(client.readReply()).startsWith("221 ");
      assertThat(client.readReply()).isNull();
    }
  }

  @Test
  void takesPipelinedTransactionsAndAnswersEachCommandInOrder() throws IOException {
    try (SmtpTestClient client = SmtpTestClient.greeted(inbox)) {
      client.send(
          "MAIL FROM:<> SIZE=20 BODY=8BITMIME SMTPUTF8\r\n"
              + "RCPT TO:<nobody>\r\nRCPT TO:<\"a>b\"@example.com>\r\nDATA\r\n");
      assertThat(client.readReply()).startsWith("250 2.1.0");
      assertThat(client.readReply()).startsWith("250 2.1.5");
      assertThat(client.readReply()).startsWith("250 2.1.5");
      assertThat(client.readReply()).startsWith("354 ");
      client.send("first\r\n.\r\nMAIL FROM:<b@shop.example>\r\nRSET\r\nNOOP\r\n");
      assertThat(client.readReply()).startsWith("250 2.0.0");
      assertThat(client.readReply()).startsWith("250 2.1.0");
      assertThat(client.readReply()).startsWith("250 2.0.0");
      assertThat(client.readReply()).startsWith("250 2.0.0");
    }
    assertThat(sink.mails().get(0).envelope().sender()).isEmpty();
    assertThat(sink.mails().get(0).envelope().recipients())
        .containsExactly("nobody", "\"a>b\"@example.com");
  }

  @Test
  void refusesCommandsOutOfOrderAndMalformedOnes() throws IOException {
    try (SmtpTestClient client = new SmtpTestClient(inbox)) {
      client.readReply();
      assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("503 ");
      assertThat(client.say("EHLO")).startsWith("501 ");
      client.say("EHLO client.test");
      assertThat(client.say("RCPT TO:<a@b.example>")).startsWith("503 ");
      assertThat(client.say("DATA")).startsWith("503 ");
      assertThat(client.say("MAIL FROM:a@b.example")).startsWith("501 ");
      assertThat(client.say("MAIL FROM:<a@b.example> WHAT=1")).startsWith("555 ");
      assertThat(client.say("MAIL FROM:<a@b.example> SIZE=1000001")).startsWith("552 ");
      assertThat(client.say("mail from: <a@b.example>")).startsWith("250 ");
      assertThat(client.say("DATA")).startsWith("554 ");
      assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("503 ");
      assertThat(client.say("JUMP")).startsWith("500 ");
      assertThat(client.say("x".repeat(100_000))).startsWith("500 ");
      assertThat(client.say("NOOP")).startsWith("250 ");
    }
    assertThat(sink.mails()).isEmpty();
  }

  @Test
  void givesBackEveryContentHoweverItIsCutIntoPackets() throws IOException {
    Random random = new Random(20_17);
    String alphabet = "..\r\n\r\nab";
    try (SmtpTestClient client = SmtpTestClient.greeted(inbox)) {
      for (int round = 0; round < 300; round++) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(round % 50 == 0 ? 200_000 : 40);
        for (int i = 0; i < length; i++) {
          text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        String content = text + "\r\n";
        // What a sender does: a dot at the start of a line (after CRLF only) is doubled.
        String stuffed = ("\r\n" + content).replace("\r\n.", "\r\n..").substring(2) + ".\r\n";
        client.say("MAIL FROM:<a@shop.example>");
        client.say("RCPT TO:<b@example.com>");
        client.say("DATA");
        byte[] bytes = stuffed.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < bytes.length; ) {
          int count = Math.min(bytes.length - at, 1 + random.nextInt(length > 100 ? 90_000 : 7));
          client.send(bytes, at, count);
          at += count;
        }

        assertThat(client.readReply()).as("round %d", round).startsWith("250 ");
        assertThat(new String(sink.mails().get(round).content(), StandardCharsets.US_ASCII))
            .as("round %d", round)
            .isEqualTo(content);
      }
    }
  }

  @Test
  void doesNotLetAMessageBeSmuggledBehindABareLineFeed() throws IOException {
    String content = "one\n.\nMAIL FROM:<evil@x.test>\n.\r\nRCPT TO:<b@x.test>\r\r\n.\rDATA";

    try (SmtpTestClient client = SmtpTestClient.greeted(inbox)) {
      assertThat(client.deliver("b@example.com", content)).startsWith("250 ");
      assertThat(client.say("NOOP")).startsWith("250 ");
    }

    // Only the dot at the start of a line proper was taken off.
    assertThat(sink.mails())
        .singleElement()
        .extracting(mail -> new String(mail.content(), StandardCharsets.US_ASCII))
        .isEqualTo(content.replace("\r\n.\r", "\r\n\r") + "\r\n");
  }

  @Test
  void refusesAMessageThatIsLargerThanAnnouncedAndGoesOn() throws IOException {
    try (SmtpTestClient client = SmtpTestClient.greeted(inbox)) {
      assertThat(client.deliver("b@example.com", "x".repeat(1_000_000))).startsWith("552 ");
      assertThat(client.deliver("b@example.com", "small")).startsWith("250 ");
    }
    assertThat(sink.mails()).hasSize(1);
  }

  @Test
  void forgetsAMessageWhoseClientLeftBeforeTheFinalDot() throws IOException {
    try (SmtpTestClient client = SmtpTestClient.greeted(inbox)) {
      client.say("MAIL FROM:<a@shop.example>");
      client.say("RCPT TO:<b@example.com>");
      client.say("DATA");
      client.send("half a mess");
    }
    try (SmtpTestClient client = SmtpTestClient.greeted(inbox)) {
      client.deliver("b@example.com", "whole");
    }
    inbox.close();

    assertThat(sink.mails()).hasSize(1);
    assertThat(inbox.connectionsAccepted()).isEqualTo(2);
  }

  @Test
  void writesWholeFilesOnly(@TempDir Path directory) throws IOException {
    DirectorySink files = new DirectorySink(directory.resolve("mails"));
    try (SmtpInbox filing = SmtpInbox.start(files)) {
      try (SmtpTestClient client = SmtpTestClient.greeted(filing)) {
        client.deliver("a@example.com", "one");
        client.say("MAIL FROM:<a@shop.example>");
        client.say("RCPT TO:<b@example.com>");
        client.say("DATA");
        client.send("half");
      }
      try (SmtpTestClient client = SmtpTestClient.greeted(filing)) {
        client.deliver("b@example.com", "two");
      }
      Awaitility.await().until(() -> names(directory.resolve("mails")).size() == 2);
    }

    assertThat(names(directory.resolve("mails"))).containsExactly("00001.eml", "00002.eml");
    assertThat(directory.resolve("mails/00002.eml")).hasContent("two");
    assertThat(files.messages()).isEqualTo(2);
  }

  @Test
  void tellsTheClientWhenAMessageCannotBeKept() throws IOException {
    MessageSink full =
        envelope -> {
          throw new IOException("disk full");
        };
    try (SmtpInbox broken = SmtpInbox.start(full);
        SmtpTestClient client = SmtpTestClient.greeted(broken)) {
      client.say("MAIL FROM:<a@shop.example>");
      client.say("RCPT TO:<b@example.com>");

      assertThat(client.say("DATA")).startsWith("451 4.3.0");
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
