package dev.lettershop.delivery.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Text in header fields: cleaned of what could begin another field, folded, and put into encoded
 * words where it is not plain ASCII (RFC 5322 section 2.2.3, RFC 2047).
 */
final class HeaderText {
  /** RFC 5322 section 2.1.1: what a line should not exceed, without its CRLF. */
  private static final int LINE = 78;

  /** RFC 2047 section 2: the limit of one encoded word, and of a line that holds any. */
  private static final int WORD = 75;

  private static final int ENCODED_LINE = 76;

  /** A word that fits on a line of its own, behind the name of any field made here. */
  private static final int LONGEST_PLAIN_WORD = 60;

  private static final String PREFIX = "=?UTF-8?";
  private static final int WORD_OVERHEAD = PREFIX.length() + 4;
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private HeaderText() {}

  /**
   * A whole field with unstructured text (RFC 5322 section 3.6.5), ending in CRLF.
   *
   * @param name the field's name without the colon
   */
  static String unstructured(String name, String text) {
    String start = name + ": ";
    String clean = clean(text);
    if (clean.isEmpty()) {
      return name + ":\r\n";
    }
    return start
        + (isPlain(clean) ? folded(clean, start.length()) : encodedWords(clean, start.length()))
        + "\r\n";
  }

  /**
   * A whole field with one mailbox, ending in CRLF.
   *
   * @param displayName may be null or blank
   */
  static String mailbox(String name, String displayName, MailAddress address) {
    String start = name + ": ";
    String clean = displayName == null ? "" : clean(displayName);
    if (clean.isEmpty()) {
      return start + address.text() + "\r\n";
    }
    String phrase = phrase(clean, start.length());
    int lastLine = phrase.length() - phrase.lastIndexOf('\n') - 1;
    int used = lastLine == phrase.length() ? start.length() + lastLine : lastLine;
    String angle = "<" + address.text() + ">";
    int most = phrase.contains(PREFIX) ? ENCODED_LINE : LINE;
    return start + phrase + (used + 1 + angle.length() > most ? "\r\n " : " ") + angle + "\r\n";
  }

  /**
   * The text without line breaks and control characters (each run of them becomes one space, so
   * that nobody can begin another field), without surrogates that stand alone, and trimmed.
   */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (isBreak(character)) {
        gap = true;
      } else {
        if (gap && !clean.isEmpty()) {
          clean.append(' ');
        }
        gap = false;
        clean.appendCodePoint(isLoneSurrogate(character) ? 0xFFFD : character);
      }
    }
    return clean.toString().strip();
  }

  private static boolean isBreak(int character) {
    return character < ' '
        || character >= 0x7f && character <= 0x9f
        || character == 0x2028
        || character == 0x2029;
  }

  static boolean isLoneSurrogate(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }

  /** ASCII that no reader could take for an encoded word, with places to fold. */
  private static boolean isPlain(String text) {
    int wordLength = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character > 0x7e) {
        return false;
      }
      wordLength = character == ' ' ? 0 : wordLength + 1;
      if (wordLength > LONGEST_PLAIN_WORD) {
        return false;
      }
    }
    return !text.contains("=?");
  }

  private static String folded(String text, int used) {
    if (used + text.length() <= LINE) {
      return text;
    }
    StringBuilder folded = new StringBuilder(text.length() + 8);
    int column = used;
    int from = 0;
    while (from < text.length()) {
      // A piece is a run of spaces with the word after it, so that no line is only spaces.
      int end = from;
      while (end < text.length() && text.charAt(end) == ' ') {
        end++;
      }
      while (end < text.length() && text.charAt(end) != ' ') {
        end++;
      }
      if (from > 0 && column + end - from > LINE) {
        folded.append("\r\n");
        column = 0;
      }
      folded.append(text, from, end);
      column += end - from;
      from = end;
    }
    return folded.toString();
  }

  private static String phrase(String clean, int used) {
    boolean atoms = true;
    for (int i = 0; i < clean.length() && atoms; i++) {
      char character = clean.charAt(i);
      atoms =
          character == ' '
              || character >= 'a' && character <= 'z'
              || character >= 'A' && character <= 'Z'
              || character >= '0' && character <= '9'
              || character == '-';
    }
    boolean fits = used + clean.length() + 2 <= LINE;
    if (atoms && fits && !clean.contains("  ")) {
      return clean;
    }
    if (fits && isPlain(clean)) {
      return '"' + clean.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    return encodedWords(clean, used);
  }

  /**
   * The text as encoded words, one a line. Each ends at a character's end and holds whole UTF-8
   * sequences (RFC 2047 section 5). Uses only what RFC 2047 allows within a phrase, which is
   * allowed everywhere.
   */
  private static String encodedWords(String text, int used) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int unsafe = 0;
    for (byte value : utf8) {
      unsafe += isSafe(value) || value == ' ' ? 0 : 1;
    }
    boolean quoted = utf8.length + 2 * unsafe <= utf8.length * 4 / 3;
    StringBuilder encoded = new StringBuilder(utf8.length * 2);
    int from = 0;
    int room = Math.min(WORD, ENCODED_LINE - used) - WORD_OVERHEAD;
    while (from < utf8.length) {
      int end = from;
      int cost = 0;
      while (end < utf8.length) {
        int next = nextCharacter(utf8, end);
        int more = quoted ? quotedCost(utf8, end, next) : 0;
        int total = quoted ? cost + more : (next - from + 2) / 3 * 4;
        if (total > room && end > from) {
          break;
        }
        cost = total;
        end = next;
      }
      encoded.append(from == 0 ? "" : "\r\n ").append(PREFIX);
      appendWord(encoded, utf8, from, end, quoted);
      from = end;
      room = WORD - WORD_OVERHEAD;
    }
    return encoded.toString();
  }

  private static int nextCharacter(byte[] utf8, int from) {
    int next = from + 1;
    while (next < utf8.length && (utf8[next] & 0xC0) == 0x80) {
      next++;
    }
    return next;
  }

  private static int quotedCost(byte[] utf8, int from, int end) {
    int cost = 0;
    for (int i = from; i < end; i++) {
      cost += isSafe(utf8[i]) || utf8[i] == ' ' ? 1 : 3;
    }
    return cost;
  }

  private static void appendWord(
      StringBuilder encoded, byte[] utf8, int from, int end, boolean quoted) {
    if (!quoted) {
      byte[] part = java.util.Arrays.copyOfRange(utf8, from, end);
      encoded.append("B?").append(Base64.getEncoder().encodeToString(part)).append("?=");
      return;
    }
    encoded.append("Q?");
    for (int i = from; i < end; i++) {
      byte value = utf8[i];
      if (isSafe(value)) {
        encoded.append((char) value);
      } else if (value == ' ') {
        encoded.append('_');
      } else {
        encoded.append('=').append(HEX[value >> 4 & 0xF]).append(HEX[value & 0xF]);
      }
    }
    encoded.append("?=");
  }

  /** RFC 2047 section 5 (3): what may stand for itself in an encoded word within a phrase. */
  private static boolean isSafe(byte value) {
    return value >= 'a' && value <= 'z'
        || value >= 'A' && value <= 'Z'
        || value >= '0' && value <= '9'
        || value == '!'
        || value == '*'
        || value == '+'
        || value == '-'
        || value == '/';
  }
}
