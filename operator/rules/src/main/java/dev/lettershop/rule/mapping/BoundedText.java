package dev.lettershop.rule.mapping;

import java.util.List;

/** String functions whose results cannot grow without bound. */
final class BoundedText {
  /** Longest result, in UTF-16 code units. */
  static final int MOST = 1 << 20;

  private BoundedText() {}

  static String replace(String text, String part, String by) {
    int count = part.isEmpty() ? text.length() + 1 : count(text, part);
    if (text.length() + (long) count * by.length() > MOST) {
      throw tooLong();
    }
    return text.replace(part, by);
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  static String join(List<?> texts, String separator) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      joined.append(i == 0 ? "" : separator).append((String) texts.get(i));
      if (joined.length() > MOST) {
        throw tooLong();
      }
    }
    return joined.toString();
  }

  /** The runtime wraps it; {@link Mapping} makes a failed value of it. */
  private static IllegalArgumentException tooLong() {
    return new IllegalArgumentException("the text would be longer than " + MOST);
  }
}
