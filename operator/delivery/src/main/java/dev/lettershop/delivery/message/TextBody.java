package dev.lettershop.delivery.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One text part in the transfer encoding that suits it (RFC 2045 section 6): 7bit when nothing in
 * it needs care, quoted-printable where all is ASCII, otherwise quoted-printable or base64,
 * whichever is shorter. So every message is ASCII with short lines, whatever the server offers.
 */
final class TextBody {
  /** RFC 2045 section 6.7 (5): a line with its soft line break. */
  private static final int QUOTED_LINE = 76;

  /** RFC 5322 section 2.1.1. */
  private static final int PLAIN_LINE = 78;

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] SOFT_BREAK = {'=', '\r', '\n'};
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(QUOTED_LINE, CRLF);

  /** Whether a byte stands for itself in quoted-printable; blanks depend on where they are. */
  private static final boolean[] LITERAL = literals();

  private final byte[] lines;
  private final boolean plain;
  private final int escapes;

  /**
   * @param text any text; CR, LF and CRLF all end a line, NUL is dropped (RFC 2045 section 2.7
   *     allows it nowhere), surrogates that stand alone become U+FFFD
   * @param boundary a string that a 7bit body must not hold
   */
  TextBody(String text, String boundary) {
    lines = utf8Lines(text);
    plain = isPlain(lines) && !text.contains(boundary);
    escapes = plain || lines.length == text.length() ? 0 : escapes(lines);
  }

  String transferEncoding() {
    if (plain) {
      return "7bit";
    }
    return isQuotedShorter() ? "quoted-printable" : "base64";
  }

  /** Appends the encoded body with CRLF line ends and none after the last line. */
  void appendTo(ByteBuilder out) {
    if (plain) {
      appendPlain(out);
    } else if (isQuotedShorter()) {
      appendQuoted(out);
    } else {
      appendBase64(out);
    }
  }

  /** Of text that has more than ASCII; what else must be escaped is too rare to count. */
  private static int escapes(byte[] lines) {
    int escapes = 0;
    for (byte value : lines) {
      escapes += LITERAL[value & 0xFF] || value == ' ' || value == '\n' ? 0 : 1;
    }
    return escapes;
  }

  private boolean isQuotedShorter() {
    return lines.length + 2L * escapes <= lines.length * 137L / 100 + 8;
  }

  private static byte[] utf8Lines(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // A surrogate that stands alone becomes a question mark, of which there are more then.
    if (text.indexOf('\r') < 0
        && text.indexOf(0) < 0
        && LiteralRun.count(bytes, '?') == questionMarks(text)) {
      return bytes;
    }
    StringBuilder lines = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (character == '\r') {
        lines.append('\n');
        i += i < text.length() && text.charAt(i) == '\n' ? 1 : 0;
      } else if (HeaderText.isLoneSurrogate(character)) {
        lines.append('\uFFFD');
      } else if (character != 0) {
        lines.appendCodePoint(character);
      }
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int questionMarks(String text) {
    int marks = 0;
    for (int at = text.indexOf('?'); at >= 0; at = text.indexOf('?', at + 1)) {
      marks++;
    }
    return marks;
  }

  private static boolean isPlain(byte[] lines) {
    int lineStart = 0;
    for (int i = 0; i <= lines.length; i++) {
      if (i == lines.length || lines[i] == '\n') {
        boolean trailingBlank = i > lineStart && (lines[i - 1] == ' ' || lines[i - 1] == '\t');
        if (i - lineStart > PLAIN_LINE || trailingBlank || startsWithFrom(lines, lineStart)) {
          return false;
        }
        lineStart = i + 1;
      } else if (lines[i] < ' ' && lines[i] != '\t' || lines[i] == 0x7f) {
        // Negative bytes are the non-ASCII ones.
        return false;
      }
    }
    return true;
  }

  /** A line that mailboxes in mbox format would change, and break a signature with it. */
  private static boolean startsWithFrom(byte[] lines, int at) {
    if (lines.length - at < FROM.length) {
      return false;
    }
    for (int i = 0; i < FROM.length; i++) {
      if (lines[at + i] != FROM[i]) {
        return false;
      }
    }
    return true;
  }

  private void appendPlain(ByteBuilder out) {
    int lineStart = 0;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] == '\n') {
        out.append(lines, lineStart, i - lineStart).append(CRLF);
        lineStart = i + 1;
      }
    }
    out.append(lines, lineStart, lines.length - lineStart);
  }

  private void appendBase64(ByteBuilder out) {
    ByteBuilder canonical = new ByteBuilder(lines.length + lines.length / 32);
    appendPlain(canonical);
    out.append(BASE64.encode(canonical.toBytes()));
  }

  private void appendQuoted(ByteBuilder out) {
    int column = 0;
    for (int i = 0; i < lines.length; i++) {
      int run = plainRun(i, column);
      out.append(lines, i, run);
      column += run;
      i += run;
      if (i == lines.length) {
        return;
      }
      int value = lines[i] & 0xFF;
      if (value == '\n') {
        out.append(CRLF);
        column = 0;
        continue;
      }
      boolean lastOfLine = i + 1 == lines.length || lines[i + 1] == '\n';
      boolean literal = isLiteral(value, i, column, lastOfLine);
      int width = literal ? 1 : 3 * sequenceLength(value);
      if (column + width > (lastOfLine ? QUOTED_LINE : QUOTED_LINE - 1)) {
        out.append(SOFT_BREAK);
        column = 0;
        literal = isLiteral(value, i, column, lastOfLine);
      }
      if (literal) {
        out.append(value);
        column++;
      } else {
        out.append('=').append(HEX[value >> 4]).append(HEX[value & 0xF]);
        column += 3;
      }
    }
  }

  /**
   * How many bytes from here on are themselves and fit the line, whatever follows. Most of a mail
   * is such runs, and they are copied at once.
   */
  private int plainRun(int from, int column) {
    if (column == 0) {
      return 0;
    }
    int most = Math.min(lines.length, from + QUOTED_LINE - 1 - column);
    int end = LiteralRun.end(lines, from, most);
    // A blank may be the last of its line, where it must be encoded.
    while (end > from && lines[end - 1] == ' ') {
      end--;
    }
    return end - from;
  }

  private boolean isLiteral(int value, int at, int column, boolean lastOfLine) {
    if (value == ' ' || value == '\t') {
      return !lastOfLine;
    }
    if (column == 0 && (value == '.' || value == 'F' && startsWithFrom(lines, at))) {
      return false;
    }
    return LITERAL[value];
  }

  /** How many bytes a UTF-8 sequence has, so that a soft line break never parts one. */
  private static int sequenceLength(int lead) {
    if (lead >= 0xF0) {
      return 4;
    }
    if (lead >= 0xE0) {
      return 3;
    }
    return lead >= 0xC0 ? 2 : 1;
  }

  private static boolean[] literals() {
    boolean[] literal = new boolean[256];
    for (int value = 33; value <= 126; value++) {
      literal[value] = value != '=';
    }
    return literal;
  }
}
