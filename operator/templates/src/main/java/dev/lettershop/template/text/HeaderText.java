package dev.lettershop.template.text;

/** Makes a rendered value fit for a header field. */
public final class HeaderText {
  private HeaderText() {}

  /**
   * One line: every line break and control character, also Unicode's, becomes a space; trimmed. A
   * value can so never begin another header field (RFC 5322 §2.2).
   */
  public static String singleLine(String value) {
    int first = 0;
    while (first < value.length() && !breaks(value.charAt(first))) {
      first++;
    }
    if (first == value.length()) {
      return value.strip();
    }
    StringBuilder line = new StringBuilder(value);
    for (int i = first; i < line.length(); i++) {
      if (breaks(line.charAt(i))) {
        line.setCharAt(i, ' ');
      }
    }
    return line.toString().strip();
  }

  private static boolean breaks(char c) {
    return c < ' ' || c >= 0x7F && c <= 0x9F || c == '\u2028' || c == '\u2029';
  }
}
