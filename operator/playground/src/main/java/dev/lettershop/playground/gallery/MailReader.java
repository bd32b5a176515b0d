package dev.lettershop.playground.gallery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.dom.address.Address;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.DefaultMessageBuilder;

/** Takes messages apart. Thread-safe. */
final class MailReader {

  /**
   * @throws IOException when the file cannot be read; a malformed message is read as far as it goes
   */
  GalleryMail read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Message message = new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(bytes));
    try {
      Mailbox to = firstRecipient(message);
      return new GalleryMail(
          message.getSubject() == null ? "" : message.getSubject(),
          message.getFrom() == null
              ? ""
              : message.getFrom().stream().map(MailReader::shown).collect(Collectors.joining(", ")),
          to == null || to.getName() == null ? "" : to.getName(),
          to == null ? "" : to.getAddress(),
          message.getDate() == null ? "" : message.getDate().toInstant().toString(),
          part(message, "text/html"),
          part(message, "text/plain"),
          header(bytes),
          bytes.length);
    } finally {
      message.dispose();
    }
  }

  private static Mailbox firstRecipient(Message message) {
    if (message.getTo() == null) {
      return null;
    }
    for (Address address : message.getTo()) {
      if (address instanceof Mailbox mailbox) {
        return mailbox;
      }
    }
    return null;
  }

  private static String shown(Mailbox mailbox) {
    return mailbox.getName() == null
        ? mailbox.getAddress()
        : mailbox.getName() + " <" + mailbox.getAddress() + ">";
  }

  /** The first part of this type, depth first; empty when there is none. */
  private static String part(Entity entity, String type) throws IOException {
    Body body = entity.getBody();
    if (body instanceof Multipart multipart) {
      List<Entity> parts = multipart.getBodyParts();
      for (Entity inner : parts) {
        String found = part(inner, type);
        if (!found.isEmpty()) {
          return found;
        }
      }
      return "";
    }
    if (body instanceof TextBody text && type.equals(entity.getMimeType())) {
      StringWriter content = new StringWriter();
      try (Reader reader = text.getReader()) {
        reader.transferTo(content);
      }
      return content.toString();
    }
    return "";
  }

  private static String header(byte[] message) {
    String text = new String(message, StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? text : text.substring(0, end);
  }
}
