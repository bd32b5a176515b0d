package dev.lettershop.delivery.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.template.MailAttachment;
import dev.lettershop.template.RenderedMail;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBuilderTest {
  private static final Instant DATE = Instant.parse("2026-03-01T09:05:07.9Z");
  private static final RenderedMail MAIL = new RenderedMail("Hello", "<p>Hello</p>\n", "Hello\n");

  private static MessageSettings settings() {
    return new MessageSettings(
        "shop", "spring-sale", "run-1", "Acme Shop", "news@shop.example", null);
  }

  private static OutboundMessage build(RenderedMail mail) throws InvalidAddressException {
    return new MessageBuilder(settings())
        .build(7, "ada@example.com", mail, "https://c.example/u/abc", true, DATE);
  }

  private static String text(OutboundMessage message) {
    return new String(message.content(), StandardCharsets.UTF_8);
  }

  private static Message parsed(OutboundMessage message) throws IOException {
    return new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(message.content()));
  }

  private static String body(Message message, int part) throws IOException {
    TextBody body = (TextBody) ((Multipart) message.getBody()).getBodyParts().get(part).getBody();
    StringWriter text = new StringWriter();
    try (Reader reader = new InputStreamReader(body.getInputStream(), StandardCharsets.UTF_8)) {
      reader.transferTo(text);
    }
    return text.toString();
  }

  private static final MailAttachment PICTURE =
      new MailAttachment("logo.png", "image/png", "logo@shop.example", new byte[] {1, 2, 3});
  private static final MailAttachment FILE =
      new MailAttachment(
          "Überweisung für Größenwahnsinnige \u2013 Nummer vierhundertzweiundzwanzig.pdf",
          "application/pdf",
          null,
          "file".repeat(100).getBytes(StandardCharsets.UTF_8));

  @Test
  void picturesStandWithTheHtmlAndFilesAfterTheMail() throws Exception {
    OutboundMessage built = build(MAIL.with(List.of(PICTURE, FILE)));
    Message message = parsed(built);

    assertThat(message.getMimeType()).isEqualTo("multipart/mixed");
    List<Entity> parts = ((Multipart) message.getBody()).getBodyParts();
    assertThat(parts)
        .extracting(Entity::getMimeType)
        .containsExactly("multipart/alternative", "application/pdf");
    List<Entity> bodies = ((Multipart) parts.get(0).getBody()).getBodyParts();
    assertThat(bodies)
        .extracting(Entity::getMimeType)
        .containsExactly("text/plain", "multipart/related");
    List<Entity> related = ((Multipart) bodies.get(1).getBody()).getBodyParts();
    assertThat(related).extracting(Entity::getMimeType).containsExactly("text/html", "image/png");
    assertThat(related.get(1).getHeader().getField("Content-ID").getBody())
        .isEqualTo("<logo@shop.example>");
    assertThat(related.get(1).getDispositionType()).isEqualTo("inline");
    assertThat(bytes(related.get(1))).isEqualTo(PICTURE.content());
    assertThat(bytes(parts.get(1))).isEqualTo(FILE.content());
    assertThat(text(built).lines()).allMatch(line -> line.length() <= 78);
    MimeMessage other =
        new MimeMessage(
            Session.getInstance(new Properties()), new ByteArrayInputStream(built.content()));
    assertThat(((jakarta.mail.Multipart) other.getContent()).getBodyPart(1).getFileName())
        .isEqualTo(FILE.name());
  }

  @Test
  void aPictureAloneNeedsNoMixedMail() throws Exception {
    Message message = parsed(build(MAIL.with(List.of(PICTURE))));

    assertThat(message.getMimeType()).isEqualTo("multipart/alternative");
    assertThat(((Multipart) message.getBody()).getBodyParts())
        .extracting(Entity::getMimeType)
        .containsExactly("text/plain", "multipart/related");
  }

  @Test
  void aMailWithoutHtmlAttachesEverything() throws Exception {
    RenderedMail plain = new RenderedMail("Hello", null, "Hello\n", List.of(PICTURE, FILE));
    Message message = parsed(build(plain));

    assertThat(message.getMimeType()).isEqualTo("multipart/mixed");
    assertThat(((Multipart) message.getBody()).getBodyParts())
        .extracting(Entity::getMimeType)
        .containsExactly("text/plain", "image/png", "application/pdf");
  }

  private static byte[] bytes(Entity part) throws IOException {
    return ((SingleBody) part.getBody()).getInputStream().readAllBytes();
  }

  @Test
  void headersOfTheCampaignStandInEachMessageInTheirOrder() throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-SES-CONFIGURATION-SET", "orders");
    headers.put("Feedback-ID", "order-confirmation:shop:1:" + "x".repeat(34));
    headers.put("X-Words", String.join(" ", Collections.nCopies(10, "word-of-some-length")));
    MessageSettings settings =
        new MessageSettings("n", "c", "r", null, "news@shop.example", null, headers, false);

    OutboundMessage message =
        new MessageBuilder(settings).build(7, "ada@example.com", MAIL, null, false, DATE);

    assertThat(text(message))
        .containsSubsequence(
            "\r\nX-SES-CONFIGURATION-SET: orders\r\n",
            "Feedback-ID: order-confirmation:shop:1:",
            "X-Words: ",
            "\r\nSubject: Hello\r\n");
    assertThat(parsed(message).getHeader().getField("X-Words").getBody())
        .isEqualTo(headers.get("X-Words"));
    assertThat(text(message).lines()).allMatch(line -> line.length() <= 78);
  }

  @Test
  void aTransactionalMessageIsNoPartOfAListAndAsksForNoAnswerOfARobot() throws Exception {
    MessageSettings settings =
        new MessageSettings(
            "shop", "order", "run-1", "Acme Shop", "news@shop.example", null, Map.of(), true);

    OutboundMessage message =
        new MessageBuilder(settings)
            .build(7, "ada@example.com", MAIL, "https://c.example/u/abc", true, DATE);

    assertThat(text(message))
        .contains("\r\nAuto-Submitted: auto-generated\r\n")
        .doesNotContain("List-", "unsubscribe");
  }

  @Test
  void aMessageHasEveryFieldThatTheStandardsAskFor() throws Exception {
    String message = text(build(MAIL));

    assertThat(message.substring(0, message.indexOf("\r\n\r\n")).split("\r\n(?! )"))
        .satisfiesExactly(
            field -> assertThat(field).isEqualTo("From: Acme Shop <news@shop.example>"),
            field -> assertThat(field).isEqualTo("To: ada@example.com"),
            field -> assertThat(field).isEqualTo("Subject: Hello"),
            field -> assertThat(field).isEqualTo("Date: Sun, 1 Mar 2026 09:05:07 +0000"),
            field -> assertThat(field).matches("Message-ID: <[0-9a-f]{32}@shop.example>"),
            field -> assertThat(field).isEqualTo("List-ID: <spring-sale.shop.shop.example>"),
            field -> assertThat(field).isEqualTo("List-Unsubscribe: <https://c.example/u/abc>"),
            field ->
                assertThat(field).isEqualTo("List-Unsubscribe-Post: List-Unsubscribe=One-Click"),
            field -> assertThat(field).isEqualTo("MIME-Version: 1.0"),
            field ->
                assertThat(field)
                    .matches(
                        "Content-Type: multipart/alternative;\r\n boundary=\"=_[0-9a-f]{24}\""));
  }

  @Test
  void theTextComesBeforeTheHtml() throws Exception {
    Message message = parsed(build(new RenderedMail("S", "<p>Grüße</p>\n", "Grüße\n")));

    List<?> parts = ((Multipart) message.getBody()).getBodyParts();
    assertThat(message.getMimeType()).isEqualTo("multipart/alternative");
    assertThat(parts).hasSize(2);
    assertThat(((Multipart) message.getBody()).getBodyParts().get(0).getMimeType())
        .isEqualTo("text/plain");
    assertThat(((Multipart) message.getBody()).getBodyParts().get(1).getMimeType())
        .isEqualTo("text/html");
    assertThat(body(message, 0)).isEqualTo("Grüße\r\n");
    assertThat(body(message, 1)).isEqualTo("<p>Grüße</p>\r\n");
  }

  @Test
  void theSameInputGivesTheSameBytes() throws Exception {
    assertThat(build(MAIL).content()).isEqualTo(build(MAIL).content());
  }

  @Test
  void theMessageIdDependsOnRunAndProfileAndOnNothingElse() {
    MessageBuilder builder = new MessageBuilder(settings());
    MessageBuilder renamed =
        new MessageBuilder(
            new MessageSettings(
                "shop", "spring-sale", "run-1", "Other", "news@shop.example", null));
    MessageBuilder otherRun =
        new MessageBuilder(
            new MessageSettings("shop", "spring-sale", "run-2", null, "news@shop.example", null));

    assertThat(renamed.messageId(7)).isEqualTo(builder.messageId(7));
    assertThat(builder.messageId(8)).isNotEqualTo(builder.messageId(7));
    assertThat(otherRun.messageId(7)).isNotEqualTo(builder.messageId(7));
  }

  @Test
  void withoutALinkOneUnsubscribesByMailAndThereIsNoOneClick() throws Exception {
    String message =
        text(new MessageBuilder(settings()).build(7, "ada@example.com", MAIL, null, false, DATE));

    assertThat(message)
        .contains("List-Unsubscribe: <mailto:news@shop.example?subject=unsubscribe>\r\n")
        .doesNotContain("List-Unsubscribe-Post");
  }

  @Test
  void aMailWithoutHtmlIsOnePlainText() throws Exception {
    Message message = parsed(build(new RenderedMail("S", null, "Only text")));

    assertThat(message.getMimeType()).isEqualTo("text/plain");
    assertThat(message.isMultipart()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\nBcc: x@example.com", "\nBcc: x@example.com", "\rBcc: x@example.com"})
  void aLineBreakInTheSubjectStartsNoField(String attack) throws Exception {
    Message message = parsed(build(new RenderedMail("Hi" + attack + "\0", null, "x")));

    assertThat(message.getHeader().getField("Bcc")).isNull();
    assertThat(message.getSubject()).isEqualTo("Hi Bcc: x@example.com");
  }

  @Test
  void theSenderNameIsReadableWhateverItHolds() throws Exception {
    for (String name :
        List.of(
            "Acme", "Acme \"Best\" Shop, Inc.", "Äpfel & Söhne", "=?UTF-8?Q?x?=", "a".repeat(99))) {
      MessageSettings settings =
          new MessageSettings("n", "c", "r", name, "news@shop.example", "help@shop.example");
      Message message =
          parsed(new MessageBuilder(settings).build(1, "a@example.com", MAIL, null, false, DATE));

      assertThat(message.getFrom().get(0).getName()).isEqualTo(name);
      assertThat(message.getFrom().get(0).getAddress()).isEqualTo("news@shop.example");
      assertThat(message.getReplyTo().get(0)).hasToString("help@shop.example");
    }
  }

  @Test
  void anInternationalDomainIsWrittenAsALabels() throws Exception {
    OutboundMessage message =
        new MessageBuilder(settings()).build(1, "ada@bücher.example", MAIL, null, false, DATE);

    assertThat(text(message)).contains("To: ada@xn--bcher-kva.example\r\n");
    assertThat(message.eightBit()).isFalse();
  }

  @Test
  void anInternationalLocalPartNeedsSmtpUtf8() throws Exception {
    OutboundMessage message =
        new MessageBuilder(settings()).build(1, "jürgen@example.com", MAIL, null, false, DATE);

    assertThat(message.recipient().needsSmtpUtf8()).isTrue();
    assertThat(message.eightBit()).isTrue();
  }

  @Test
  void aRecipientWithoutAnAddressFailsWithoutBeingNamed() {
    assertThatThrownBy(
            () ->
                new MessageBuilder(settings()).build(1, "not an address", MAIL, null, false, DATE))
        .isInstanceOf(InvalidAddressException.class)
        .hasMessageNotContaining("not an address");
  }

  @Test
  void aSenderThatIsNoAddressIsRefusedByField() {
    assertThatThrownBy(
            () -> new MessageBuilder(new MessageSettings("n", "c", "r", null, "nobody", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from.address");
  }

  @Test
  void longNamesStillGiveAListIdOfLegalLength() throws Exception {
    MessageSettings settings =
        new MessageSettings("n".repeat(63), "c".repeat(253), "r", null, "a@shop.example", null);
    String message =
        text(new MessageBuilder(settings).build(1, "a@example.com", MAIL, null, false, DATE));

    assertThat(message).containsPattern("List-ID: <[0-9a-f]{32}\\.shop\\.example>\r\n");
  }

  /** Thousands of hostile mails, each parsed back by an independent parser. */
  @Test
  void anyTextComesBackAsItWas() throws Exception {
    Random random = new Random(20260301);
    for (int i = 0; i < 4_000; i++) {
      String subject = HostileText.of(random, 120);
      String text = HostileText.of(random, 600);
      String html = "<p>" + HostileText.of(random, 600);
      OutboundMessage built = build(new RenderedMail(subject, html, text));

      assertThat(WireRules.violations(built.content())).as("mail %d", i).isEmpty();
      Message message = parsed(built);
      String parsedSubject = message.getSubject() == null ? "" : message.getSubject();
      assertThat(parsedSubject).as("subject %d", i).isEqualTo(HeaderText.clean(subject));
      assertThat(body(message, 0)).as("text %d", i).isEqualTo(HostileText.asLines(text));
      assertThat(body(message, 1)).as("html %d", i).isEqualTo(HostileText.asLines(html));
    }
  }
}
