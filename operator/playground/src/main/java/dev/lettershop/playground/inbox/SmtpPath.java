package dev.lettershop.playground.inbox;

import java.util.Locale;

/**
 * The argument of MAIL or RCPT (RFC 5321 §4.1.1.2 and §4.1.1.3).
 *
 * @param address without the angle brackets; empty for the null sender
 * @param size what SIZE= says, in bytes; 0 when it is not said
 * @param unknownParameter the first parameter that this server does not know, or null
 */
record SmtpPath(String address, long size, String unknownParameter) {

  /**
   * @return null when the argument has not the form {@code FROM:<address> parameters}
   */
  static SmtpPath parse(String keyword, String argument) {
    if (!argument.regionMatches(true, 0, keyword, 0, keyword.length())) {
      return null;
    }
    String path = argument.substring(keyword.length()).stripLeading();
    int end = closingBracket(path);
    if (end < 0) {
      return null;
    }
    long size = 0;
    String unknown = null;
    for (String parameter : path.substring(end + 1).split(" ")) {
      String name = parameter.toUpperCase(Locale.ROOT);
      if (name.matches("SIZE=\\d{1,18}")) {
        size = Long.parseLong(name.substring("SIZE=".length()));
      } else if (!name.isEmpty()
          && !name.equals("SMTPUTF8")
          && !name.equals("BODY=7BIT")
          && !name.equals("BODY=8BITMIME")
          && unknown == null) {
        unknown = parameter;
      }
    }
    return new SmtpPath(path.substring(1, end), size, unknown);
  }

  /** Index of the bracket that ends the path; a quoted local part may hold one of its own. */
  private static int closingBracket(String path) {
    if (!path.startsWith("<")) {
      return -1;
    }
    boolean quoted = false;
    for (int i = 1; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '>' && !quoted) {
        return i;
      }
    }
    return -1;
  }
}
