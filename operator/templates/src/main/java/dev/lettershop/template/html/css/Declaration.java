package dev.lettershop.template.html.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One {@code name: value}.
 *
 * @param name in lower case, but as written for a custom property
 * @param value without {@code !important}, stripped
 * @param start offset of the name in the text that was read
 * @param end offset behind the value and what belongs to it, before the semicolon
 */
public record Declaration(String name, String value, boolean important, int start, int end) {

  /**
   * Reads the inside of a rule's block or of a style attribute; what is not a declaration is
   * skipped.
   */
  public static List<Declaration> parse(String text, int from, int to) {
    List<Declaration> declarations = new ArrayList<>();
    int start = from;
    while (start < to) {
      int end = Scan.until(text, start, to, ";");
      Declaration declaration = one(text, start, end);
      if (declaration != null) {
        declarations.add(declaration);
      }
      start = end + 1;
    }
    return declarations;
  }

  /** Reads a whole style attribute. */
  public static List<Declaration> parse(String text) {
    return parse(text, 0, text.length());
  }

  private static Declaration one(String text, int from, int to) {
    int start = Scan.skipSpace(text, from, to);
    int colon = Scan.until(text, start, to, ":");
    if (colon >= to) {
      return null;
    }
    String name = Scan.withoutComments(text.substring(start, colon)).strip();
    String value = Scan.withoutComments(text.substring(colon + 1, to)).strip();
    if (name.isEmpty() || name.indexOf('{') >= 0) {
      return null;
    }
    boolean important = false;
    int bang = value.lastIndexOf('!');
    if (bang >= 0 && value.substring(bang + 1).strip().equalsIgnoreCase("important")) {
      important = true;
      value = value.substring(0, bang).strip();
    }
    String shown = name.startsWith("--") ? name : name.toLowerCase(Locale.ROOT);
    return new Declaration(shown, value, important, start, behind(text, start, to));
  }

  private static int behind(String text, int from, int to) {
    int end = to;
    while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /**
   * Whether the two can decide about the same: equal, or one is the other's shorthand. May say so
   * for some that do not.
   */
  public boolean overlaps(Declaration other) {
    return covers(name, other.name) || covers(other.name, name);
  }

  /** Whether this one, coming later, leaves nothing of the other in force. */
  public boolean replaces(Declaration other) {
    return PlainValue.is(name, value)
        && (name.equals(other.name)
            || isLonghand(name, other.name) && Shorthands.resets(name, other.name));
  }

  private static boolean covers(String shorthand, String name) {
    return name.equals(shorthand)
        || isLonghand(shorthand, name)
        || shorthand.equals("font") && name.equals("line-height")
        || shorthand.equals("all");
  }

  /** Asked for every two declarations of an element, so it makes no text to compare with. */
  private static boolean isLonghand(String shorthand, String name) {
    int end = shorthand.length();
    return name.length() > end && name.charAt(end) == '-' && name.startsWith(shorthand);
  }

  /** As it stands in a style attribute, without the semicolon. */
  public String text() {
    return name + ":" + value + (important ? " !important" : "");
  }

  /** The same with or without {@code !important}. */
  public Declaration important(boolean wanted) {
    return wanted == important ? this : new Declaration(name, value, wanted, start, end);
  }
}
