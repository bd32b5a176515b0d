package dev.lettershop.profile;

import java.text.Normalizer;

/**
 * Text as people and their tools write it, brought to one form: composed characters (NFC), and no
 * white space around it. White space is Unicode's, with the no-break spaces of spreadsheets and
 * word processors, and so are marks that nobody sees: zero-width spaces, byte order marks, and the
 * direction marks that come with copied phone numbers.
 */
public final class PlainText {
  /** Before this, every character is as composed as it can be. */
  private static final char FIRST_TO_COMPOSE = '\u0300';

  private PlainText() {}

  /** In NFC, without white space and invisible marks at both ends. */
  public static String of(String text) {
    String stripped = strip(text);
    for (int i = 0; i < stripped.length(); i++) {
      if (stripped.charAt(i) >= FIRST_TO_COMPOSE) {
        return Normalizer.normalize(stripped, Normalizer.Form.NFC);
      }
    }
    return stripped;
  }

  /**
   * The same for what is compared or read as one word or line: names of columns, keys, addresses,
   * numbers, dates. Every white space inside is a space, and invisible marks are gone.
   */
  public static String line(String text) {
    String plain = of(text);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c != ' ' && isSpace(c)) {
        return spaced(plain);
      }
    }
    return plain;
  }

  private static String spaced(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isInvisible(c)) {
        line.append(isSpace(c) ? ' ' : c);
      }
    }
    return line.toString();
  }

  public static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isSpace(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    if (c > ' ' && c < '\u0085') {
      return false;
    }
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085' || isInvisible(c);
  }

  /** Joiners are not among them: scripts need them inside of words. */
  private static boolean isInvisible(char c) {
    return c == '\u200B'
        || c == '\u2060'
        || c == '\uFEFF'
        || c == '\u180E'
        || c == '\u200E'
        || c == '\u200F'
        || c >= '\u202A' && c <= '\u202E'
        || c >= '\u2066' && c <= '\u2069';
  }
}
