package dev.lettershop.delivery.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.template.RenderedMail;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in the messages of mime4j's own tests, put into subject, name, text and HTML of
 * ours: boundaries of others, headers in bodies, 8-bit text, lone line ends, lines without end.
 */
class MimeCorpusTest {
  private static final int LONGEST_SUBJECT = 900;

  @Test
  void everythingInTheCorpusComesBackAsItWas() throws Exception {
    Map<String, byte[]> corpus = MimeCorpus.messages();
    assertThat(corpus).hasSize(80);
    for (var entry : corpus.entrySet()) {
      String utf8 = new String(entry.getValue(), StandardCharsets.UTF_8);
      String latin = new String(entry.getValue(), StandardCharsets.ISO_8859_1);
      comesBack(entry.getKey(), utf8, latin);
      comesBack(entry.getKey(), latin, utf8);
    }
  }

  private static void comesBack(String name, String text, String html) throws Exception {
    String line = text.substring(0, Math.min(LONGEST_SUBJECT, text.length()));
    MessageSettings settings =
        new MessageSettings("shop", "sale", "run-1", line, "news@shop.example", null);
    OutboundMessage built =
        new MessageBuilder(settings)
            .build(
                7,
                "ada@example.com",
                new RenderedMail(line, html, text),
                null,
                false,
                Instant.EPOCH);

    assertThat(WireRules.violations(built.content())).as(name).isEmpty();
    Message message =
        new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(built.content()));
    String subject = message.getSubject() == null ? "" : message.getSubject();
    assertThat(subject).as(name).isEqualTo(HeaderText.clean(line));
    assertThat(message.getFrom()).as(name).hasSize(1);
    assertThat(message.getFrom().get(0).getAddress()).as(name).isEqualTo("news@shop.example");
    if (html.isBlank()) {
      assertThat(read((TextBody) message.getBody())).as(name).startsWith(lines(text));
      return;
    }
    Multipart parts = (Multipart) message.getBody();
    assertThat(parts.getBodyParts()).as(name).hasSize(2);
    assertThat(read((TextBody) parts.getBodyParts().get(0).getBody()))
        .as(name)
        .isEqualTo(lines(text));
    assertThat(read((TextBody) parts.getBodyParts().get(1).getBody()))
        .as(name)
        .isEqualTo(lines(html));
  }

  private static String lines(String text) {
    return HostileText.asLines(text);
  }

  private static String read(TextBody body) throws Exception {
    StringWriter text = new StringWriter();
    try (Reader reader = new InputStreamReader(body.getInputStream(), StandardCharsets.UTF_8)) {
      reader.transferTo(text);
    }
    return text.toString();
  }
}
