package dev.lettershop.delivery.bounce;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;

/** A message, taken apart as far as bounces need it. */
final class ReadMessage {
  /** Of one part, in bytes: reports are short, and what is longer says nothing more. */
  private static final int LONGEST_PART = 64 * 1024;

  private final Message message;
  private final List<Entity> parts = new ArrayList<>();

  private ReadMessage(Message message) {
    this.message = message;
    collect(message, 0);
  }

  /** Empty when it is not a message that can be read. */
  static Optional<ReadMessage> of(byte[] content) {
    DefaultMessageBuilder builder = new DefaultMessageBuilder();
    builder.setMimeEntityConfig(
        MimeConfig.custom()
            .setMaxLineLen(-1)
            .setMaxHeaderLen(256 * 1024)
            .setMaxHeaderCount(2_000)
            .build());
    try {
      Message message = builder.parseMessage(new ByteArrayInputStream(content));
      return Optional.of(new ReadMessage(message));
    } catch (IOException | RuntimeException e) {
      // Broken or hostile; its sender's fault, and its text would quote people.
      return Optional.empty();
    }
  }

  /** The value of the first such field of the message, unfolded; empty when there is none. */
  String field(String name) {
    Field field = message.getHeader().getField(name);
    return field == null || field.getBody() == null
        ? ""
        : field.getBody().replaceAll("\\s+", " ").strip();
  }

  /** All values of such fields, one a line. */
  String fields(String... names) {
    StringBuilder values = new StringBuilder();
    for (String name : names) {
      message
          .getHeader()
          .getFields(name)
          .forEach(field -> values.append(field.getBody()).append('\n'));
    }
    return values.toString();
  }

  /** Whether it is a report of a type (RFC 6522 section 3). */
  boolean isReport(String type) {
    Field field = message.getHeader().getField("Content-Type");
    return field instanceof ContentTypeField contentType
        && contentType.isMimeType("multipart/report")
        && type.equalsIgnoreCase(contentType.getParameter("report-type"));
  }

  /** The text of the first part of a type, wherever it is. */
  Optional<String> part(String... types) {
    for (Entity part : parts) {
      for (String type : types) {
        if (type.equalsIgnoreCase(part.getMimeType())) {
          return Optional.of(text(part));
        }
      }
    }
    return Optional.empty();
  }

  /** The header of the message that was sent, as far as it came back; else empty text. */
  String original() {
    for (Entity part : parts) {
      if (part.getBody() instanceof Message original) {
        StringBuilder header = new StringBuilder();
        original
            .getHeader()
            .forEach(f -> header.append(f.getName()).append(':').append(f.getBody()).append('\n'));
        return header.toString();
      }
    }
    return part("text/rfc822-headers", "message/rfc822-headers").orElse("");
  }

  private void collect(Entity entity, int depth) {
    parts.add(entity);
    if (depth < 8 && entity.getBody() instanceof Multipart multipart) {
      multipart.getBodyParts().forEach(part -> collect(part, depth + 1));
    }
  }

  private static String text(Entity part) {
    if (!(part.getBody() instanceof SingleBody single)) {
      return "";
    }
    try (InputStream in = single.getInputStream()) {
      return new String(in.readNBytes(LONGEST_PART), charset(part));
    } catch (IOException e) {
      return "";
    }
  }

  /** UTF-8 where nothing or ASCII is declared: ASCII is a part of it, and some declare nothing. */
  private static Charset charset(Entity part) {
    String declared = part.getCharset();
    try {
      return declared == null || declared.equalsIgnoreCase("us-ascii")
          ? StandardCharsets.UTF_8
          : Charset.forName(declared);
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }

  /** The sender's name and address with encoded words decoded; empty when there is none. */
  String from() {
    return DecoderUtil.decodeEncodedWords(field("From"), DecodeMonitor.SILENT);
  }

  /** The subject in lower case. */
  String subject() {
    String subject = message.getSubject();
    return subject == null ? "" : subject.strip().toLowerCase(Locale.ROOT);
  }

  /** Whether the message that was sent came back with it, as a part of its own. */
  boolean hasOriginal() {
    return parts.stream().anyMatch(part -> part.getBody() instanceof Message);
  }

  /**
   * What was written for people, without the mail that it quotes: the first part of text that says
   * anything.
   */
  String notice() {
    for (Entity part : parts) {
      String type = part.getMimeType().toLowerCase(Locale.ROOT);
      if (part.getBody() instanceof Message || type.startsWith("message/")) {
        break;
      }
      String notice =
          switch (type) {
            case "text/plain" -> NoticeText.ofText(text(part));
            case "text/html" -> NoticeText.ofHtml(text(part));
            default -> "";
          };
      if (!notice.isBlank()) {
        return notice;
      }
    }
    // A report whose parts cannot be told apart.
    return message.getBody() instanceof Multipart multipart && multipart.getPreamble() != null
        ? NoticeText.ofText(multipart.getPreamble())
        : "";
  }
}
