package dev.lettershop.template.text;

/** Makes a rendered text body regular. */
public final class PlainText {
  private PlainText() {}

  /**
   * Line breaks become {@code \n}; control characters other than tab are left out; no spaces before
   * a line break except before a signature, no more than one blank line in a row, none at either
   * end; the last line ends with a line break.
   */
  public static String normalise(String text) {
    return isRegular(text) ? text : rewritten(text);
  }

  /** Most texts are as they should be, and looking is cheaper than copying. */
  private static boolean isRegular(String text) {
    if (!text.endsWith("\n") || text.startsWith("\n")) {
      return text.isEmpty();
    }
    int breaks = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c < 0x7F || c > 0x9F) {
        breaks = 0;
      } else if (c == '\n') {
        if (++breaks > 2 || i > 0 && text.charAt(i - 1) <= ' ' && text.charAt(i - 1) != '\n') {
          return false;
        }
      } else if (c == ' ' || c == '\t') {
        breaks = 0;
      } else {
        return false;
      }
    }
    return breaks == 1;
  }

  private static String rewritten(String text) {
    StringBuilder out = new StringBuilder(text.length() + 1);
    boolean blank = true;
    int from = 0;
    while (from <= text.length()) {
      int end = lineEnd(text, from);
      int before = out.length();
      appendLine(text, from, end, out);
      if (out.length() > before) {
        if (blank && before > 0) {
          out.insert(before, '\n');
        }
        out.append('\n');
        blank = false;
      } else {
        blank = true;
      }
      boolean pair = text.startsWith("\r\n", end);
      from = end + (pair ? 2 : 1);
    }
    return out.toString();
  }

  private static int lineEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static void appendLine(String text, int from, int end, StringBuilder out) {
    int last = end;
    while (last > from && isSpaceOrControl(text.charAt(last - 1))) {
      last--;
    }
    int run = from;
    for (int i = from; i < last; i++) {
      char c = text.charAt(i);
      if (c != '\t' && isControl(c)) {
        out.append(text, run, i);
        run = i + 1;
      }
    }
    if (last - from == 2 && text.startsWith("-- ", from)) {
      // The line before a signature keeps its space (RFC 3676 §4.3).
      last++;
    }
    // A substring is copied as a block, a range of a CharSequence character by character.
    out.append(text.substring(run, last));
  }

  private static boolean isSpaceOrControl(char c) {
    return c == ' ' || isControl(c);
  }

  private static boolean isControl(char c) {
    return c < ' ' || c >= 0x7F && c <= 0x9F;
  }
}
