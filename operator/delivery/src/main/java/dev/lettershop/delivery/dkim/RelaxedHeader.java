package dev.lettershop.delivery.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A message's header with its fields in "relaxed" canonical form (RFC 6376 section 3.4.2). */
final class RelaxedHeader {
  private final List<Field> fields = new ArrayList<>(16);
  private final int bodyStart;

  /**
   * One field.
   *
   * @param name in lower case
   * @param canonical with its CRLF
   */
  public record Field(String name, byte[] canonical) {}

  /**
   * @param content a message with CRLF line ends
   */
  RelaxedHeader(byte[] content) {
    int at = 0;
    while (at < content.length && content[at] != '\r') {
      int end = endOfField(content, at);
      add(content, at, end);
      at = end;
    }
    bodyStart = Math.min(content.length, at + 2);
  }

  /** Where the body begins: behind the empty line. */
  int bodyStart() {
    return bodyStart;
  }

  List<Field> fields() {
    return fields;
  }

  /** The canonical form of one field, which may be folded, with its CRLF. */
  static byte[] canonical(byte[] field) {
    RelaxedHeader header = new RelaxedHeader(field);
    return header.fields.get(0).canonical();
  }

  private void add(byte[] content, int from, int end) {
    int colon = from;
    while (colon < end && content[colon] != ':') {
      colon++;
    }
    String name =
        new String(content, from, colon - from, StandardCharsets.ISO_8859_1)
            .strip()
            .toLowerCase(Locale.ROOT);
    byte[] canonical = new byte[name.length() + end - colon + 3];
    byte[] lower = name.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(lower, 0, canonical, 0, lower.length);
    int length = lower.length;
    canonical[length++] = ':';
    int start = length;
    boolean blank = false;
    for (int i = colon + 1; i < end; i++) {
      byte value = content[i];
      if (value == ' ' || value == '\t') {
        blank = true;
      } else if (value != '\r' && value != '\n') {
        if (blank && length > start) {
          canonical[length++] = ' ';
        }
        canonical[length++] = value;
        blank = false;
      }
    }
    canonical[length++] = '\r';
    canonical[length++] = '\n';
    fields.add(new Field(name, Arrays.copyOf(canonical, length)));
  }

  /** Behind the line end that no blank follows. */
  private static int endOfField(byte[] content, int from) {
    for (int i = from; i < content.length; i++) {
      if (content[i] == '\n'
          && (i + 1 == content.length || content[i + 1] != ' ' && content[i + 1] != '\t')) {
        return i + 1;
      }
    }
    return content.length;
  }
}
