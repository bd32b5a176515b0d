package dev.lettershop.template;

/** Makes a rendered text body regular. */
final class PlainText {
  private PlainText() {}

  /**
   * Line breaks become {@code \n}; control characters other than tab are left out; no spaces before
   * a line break, no more than one blank line in a row, none at either end.
   */
  static String normalise(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int newlines = 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
          continue;
        }
        trimEnd(out);
        if (newlines < 2) {
          out.append('\n');
          newlines++;
        }
      } else if (c >= ' ' && (c < 0x7F || c > 0x9F) || c == '\t') {
        out.append(c);
        newlines = c == ' ' || c == '\t' ? newlines : 0;
      }
    }
    trimEnd(out);
    while (!out.isEmpty() && out.charAt(out.length() - 1) == '\n') {
      out.setLength(out.length() - 1);
      trimEnd(out);
    }
    return out.isEmpty() ? "" : out.append('\n').toString();
  }

  private static void trimEnd(StringBuilder out) {
    int end = out.length();
    while (end > 0 && (out.charAt(end - 1) == ' ' || out.charAt(end - 1) == '\t')) {
      end--;
    }
    out.setLength(end);
  }
}
