package dev.lettershop.template.html.css;

/** Goes through CSS text without falling for strings, comments, escapes and brackets. */
final class Scan {
  private Scan() {}

  /**
   * The offset of the first of {@code stops} outside of strings, comments and brackets, or {@code
   * to}.
   */
  static int until(String text, int from, int to, String stops) {
    // Brackets that are open, innermost last; no recursion, however deep they are.
    StringBuilder open = new StringBuilder();
    int i = from;
    while (i < to) {
      char c = text.charAt(i);
      if (open.isEmpty() && stops.indexOf(c) >= 0) {
        return i;
      }
      if (!open.isEmpty() && open.charAt(open.length() - 1) == c) {
        open.setLength(open.length() - 1);
        i++;
      } else if ("([{".indexOf(c) >= 0) {
        open.append(closing(c));
        i++;
      } else {
        i = next(text, i, to);
      }
    }
    return to;
  }

  private static char closing(char bracket) {
    return bracket == '(' ? ')' : bracket == '[' ? ']' : '}';
  }

  /** The offset behind what begins at {@code i}: a comment, a string, a character. */
  static int next(String text, int i, int to) {
    char c = text.charAt(i);
    return switch (c) {
      case '\\' -> Math.min(i + 2, to);
      case '"', '\'' -> afterString(text, i, to);
      case '/' -> isComment(text, i, to) ? afterComment(text, i, to) : i + 1;
      default -> i + 1;
    };
  }

  private static boolean isComment(String text, int i, int to) {
    return i + 1 < to && text.charAt(i + 1) == '*';
  }

  private static int afterComment(String text, int i, int to) {
    int end = text.indexOf("*/", i + 2);
    return end < 0 || end + 2 > to ? to : end + 2;
  }

  /** A string ends at its quote, or at the end of the line if the quote is missing. */
  private static int afterString(String text, int i, int to) {
    char quote = text.charAt(i);
    for (int at = i + 1; at < to; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == quote) {
        return at + 1;
      } else if (c == '\n') {
        return at;
      }
    }
    return to;
  }

  /** Behind white space, comments and the brackets of HTML comments, which CSS ignores. */
  static int skipSpace(String text, int from, int to) {
    int i = from;
    while (i < to) {
      if (Character.isWhitespace(text.charAt(i))) {
        i++;
      } else if (text.charAt(i) == '/' && isComment(text, i, to)) {
        i = afterComment(text, i, to);
      } else if (text.startsWith("<!--", i)) {
        i += 4;
      } else if (text.startsWith("-->", i)) {
        i += 3;
      } else {
        break;
      }
    }
    return Math.min(i, to);
  }

  static String withoutComments(String text) {
    if (!text.contains("/*")) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int after = next(text, i, text.length());
      if (text.charAt(i) == '/' && isComment(text, i, text.length())) {
        kept.append(' ');
      } else {
        kept.append(text, i, after);
      }
      i = after;
    }
    return kept.toString();
  }
}
