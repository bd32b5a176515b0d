package dev.lettershop.rule.parse;

import dev.lettershop.diagnostic.Position;

/** The text of an expression, and where things stand in it. Offsets count code points, from 0. */
public final class SourceText {
  private final String text;
  private final int[] codePoints;

  public SourceText(String text) {
    this.text = text;
    this.codePoints = text.codePoints().toArray();
  }

  public String text() {
    return text;
  }

  public Position position(int offset) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(offset, codePoints.length); i++) {
      if (codePoints[i] == '\n') {
        line++;
        column = 1;
      } else {
        column += Character.charCount(codePoints[i]);
      }
    }
    return new Position(line, column);
  }

  /** The offset of a place given by line (from 1) and column in code points (from 0). */
  public int offset(int line, int column) {
    int offset = 0;
    for (int current = 1; current < line && offset < codePoints.length; offset++) {
      if (codePoints[offset] == '\n') {
        current++;
      }
    }
    return Math.min(offset + column, codePoints.length);
  }

  /** Offset of the field's name, given that of the dot before it. */
  int nameAfterDot(int dot) {
    return skipSpace(dot + 1);
  }

  /** Offset of the function's name, given that of the parenthesis after it. */
  public int nameBefore(int parenthesis, String name) {
    int end = parenthesis;
    while (end > 0 && Character.isWhitespace(codePoints[end - 1])) {
      end--;
    }
    return Math.max(0, end - name.codePointCount(0, name.length()));
  }

  int skipSpace(int offset) {
    int at = offset;
    while (at < codePoints.length && Character.isWhitespace(codePoints[at])) {
      at++;
    }
    return at;
  }

  /** The code point at an offset, or -1 beyond the end. */
  public int at(int offset) {
    return offset >= 0 && offset < codePoints.length ? codePoints[offset] : -1;
  }

  /** The identifier that starts at an offset, or the empty text. */
  String wordAt(int offset) {
    int end = offset;
    while (end < codePoints.length
        && (Character.isLetterOrDigit(codePoints[end]) || codePoints[end] == '_')) {
      end++;
    }
    return new String(codePoints, offset, end - offset);
  }

  int length() {
    return codePoints.length;
  }
}
