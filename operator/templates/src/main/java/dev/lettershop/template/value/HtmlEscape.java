package dev.lettershop.template.value;

import java.io.IOException;
import java.io.Writer;

/**
 * Escapes a value for HTML text and for quoted attribute values: {@code & < > " '}. Control
 * characters that HTML forbids are left out.
 */
public final class HtmlEscape {
  private HtmlEscape() {}

  public static void write(String value, Writer writer) throws IOException {
    int written = 0;
    int length = value.length();
    for (int i = 0; i < length; i++) {
      String replacement = replacement(value.charAt(i));
      if (replacement != null) {
        writer.write(value, written, i - written);
        writer.write(replacement);
        written = i + 1;
      }
    }
    if (written == 0) {
      writer.write(value);
    } else {
      writer.write(value, written, length - written);
    }
  }

  public static String of(String value) {
    StringBuilder escaped = new StringBuilder(value.length() + 16);
    for (int i = 0; i < value.length(); i++) {
      String replacement = replacement(value.charAt(i));
      if (replacement == null) {
        escaped.append(value.charAt(i));
      } else {
        escaped.append(replacement);
      }
    }
    return escaped.toString();
  }

  private static String replacement(char c) {
    if (c > '>') {
      return c >= 0x7F && c <= 0x9F ? "" : null;
    }
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      case '\t', '\n', '\r', '\f' -> null;
      default -> c < ' ' ? "" : null;
    };
  }
}
