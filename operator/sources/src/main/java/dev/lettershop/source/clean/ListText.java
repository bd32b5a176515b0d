package dev.lettershop.source.clean;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the text of one cell into the elements of a list, as tools write it: {@code a; b}, {@code
 * a|b}, {@code a, b}, {@code "a","b; c"}, {@code {a,"b c"}} of PostgreSQL, {@code ['a', 'b']} of
 * Python, {@code a ::: b} of Google, and one element a line. Of several separators outside of
 * quotes the first of these counts. Quotes are doubled or escaped inside of quotes.
 */
final class ListText {
  private static final List<String> SEPARATORS = List.of(" ::: ", ";", "|", ",", "\n");

  private final String text;
  private final String quotes;
  private final List<String> elements = new ArrayList<>();
  private String separator;
  private boolean suits;
  private int at;

  private ListText(String text, String quotes) {
    this.text = text;
    this.quotes = quotes;
  }

  /** The elements as they stand there, without their quotes. */
  static List<String> split(String text) {
    ListText list;
    if (isWithin(text, '{', '}')) {
      list = new ListText(text.substring(1, text.length() - 1), "\"");
    } else if (isWithin(text, '[', ']')) {
      list = new ListText(text.substring(1, text.length() - 1), "\"'");
    } else {
      list = new ListText(text, "\"");
    }
    return list.split();
  }

  private static boolean isWithin(String text, char open, char close) {
    return text.length() > 1 && text.charAt(0) == open && text.charAt(text.length() - 1) == close;
  }

  private List<String> split() {
    for (String candidate : SEPARATORS) {
      if (by(candidate) && elements.size() > 1) {
        return elements;
      }
    }
    by(SEPARATORS.get(0));
    return elements;
  }

  /** Splits by one separator; whether no quoted element is followed by another. */
  private boolean by(String candidate) {
    separator = candidate;
    suits = true;
    elements.clear();
    at = 0;
    while (at <= text.length()) {
      element();
    }
    return suits;
  }

  /** Takes one element and the separator behind it. */
  private void element() {
    int start = at;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    boolean quoted = start < text.length() && quotes.indexOf(text.charAt(start)) >= 0;
    if (quoted && quoted(start)) {
      return;
    }
    int end = text.indexOf(separator, at);
    end = end < 0 ? text.length() : end;
    elements.add(text.substring(at, end));
    at = next(end);
  }

  /** Whether a quoted element starts here; quotes that only begin an element are part of it. */
  private boolean quoted(int start) {
    char quote = text.charAt(start);
    StringBuilder element = new StringBuilder();
    int i = start + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean pair = i + 1 < text.length();
      if (c == '\\' && pair || c == quote && pair && text.charAt(i + 1) == quote) {
        element.append(text.charAt(i + 1));
        i += 2;
      } else if (c == quote) {
        return closed(element, i + 1);
      } else {
        element.append(c);
        i++;
      }
    }
    return false;
  }

  private boolean closed(StringBuilder element, int behind) {
    int end = behind;
    while (end < text.length() && text.charAt(end) == ' ' && !text.startsWith(separator, end)) {
      end++;
    }
    if (end < text.length() && !text.startsWith(separator, end)) {
      int other = end;
      suits &= SEPARATORS.stream().noneMatch(s -> text.startsWith(s, other));
      return false;
    }
    elements.add(element.toString());
    at = next(end);
    return true;
  }

  private int next(int end) {
    return end == text.length() ? end + 1 : end + separator.length();
  }
}
