package dev.lettershop.rule.ast;

/** Strings as both engines see them: sequences of Unicode code points. */
public final class Texts {
  private Texts() {}

  /** Whether PostgreSQL can hold a text: no NUL, no half surrogate pair. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Orders by code point, as UTF-8 bytes do; {@link String#compareTo} orders by UTF-16 code unit,
   * which puts supplementary characters before U+E000.
   */
  public static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogateX = Character.isSurrogate(x);
        boolean surrogateY = Character.isSurrogate(y);
        return surrogateX == surrogateY ? x - y : surrogateX ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  public static String lowerAscii(String text) {
    StringBuilder changed = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        changed = changed == null ? new StringBuilder(text) : changed;
        changed.setCharAt(i, (char) (c + 32));
      }
    }
    return changed == null ? text : changed.toString();
  }

  public static String upperAscii(String text) {
    StringBuilder changed = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z') {
        changed = changed == null ? new StringBuilder(text) : changed;
        changed.setCharAt(i, (char) (c - 32));
      }
    }
    return changed == null ? text : changed.toString();
  }

  public static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && Limits.WHITE_SPACE.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && Limits.WHITE_SPACE.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }
}
