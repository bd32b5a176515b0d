package dev.lettershop.delivery.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What RFC 5322 and RFC 2047 demand of the bytes of a message. */
final class WireRules {
  private WireRules() {}

  static List<String> violations(byte[] content) {
    List<String> violations = new ArrayList<>();
    String message = new String(content, StandardCharsets.ISO_8859_1);
    if (!message.endsWith("\r\n")) {
      violations.add("does not end in CRLF");
    }
    boolean header = true;
    for (String line : message.split("\r\n", -1)) {
      if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
        violations.add("lone CR or LF");
      }
      if (line.chars().anyMatch(character -> character == 0 || character > 127)) {
        violations.add("NUL or 8-bit");
      }
      if (line.length() > 998) {
        violations.add("line of " + line.length());
      }
      if (header && line.length() > 78) {
        violations.add("header line of " + line.length() + ": " + line);
      }
      if (header && line.contains("=?UTF-8?") && line.length() > 76) {
        violations.add("encoded line of " + line.length());
      }
      if (header && !line.isEmpty() && line.isBlank()) {
        violations.add("blank folded line");
      }
      header &= !line.isEmpty();
    }
    return violations;
  }
}
