package dev.lettershop.template.text;

import dev.lettershop.template.model.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Lays out running text, blocks and Mustache tags as plain text: collapses spaces, keeps the
 * greatest of two adjoining margins, indents.
 */
final class TextLayout {
  private final List<Token> tokens = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private final Deque<String> prefixes = new ArrayDeque<>();

  /** Line breaks that a reader sees just before here; tags on their own line do not count. */
  private int newlines = 2;

  private int wantedNewlines;
  private boolean wantedSpace;
  private String bullet;
  private boolean preformatted;

  /** Running text; white space is collapsed unless {@link #preformatted(boolean)}. */
  void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (preformatted && c == '\n') {
        lineBreak();
      } else if (isInvisible(c)) {
        continue;
      } else if (isSpace(c) && !preformatted) {
        wantedSpace = true;
      } else {
        beforeInline();
        literal.append(isSpace(c) ? ' ' : c);
      }
    }
  }

  /** A tag within a line. */
  void inlineTag(Token tag) {
    beforeInline();
    endLiteral();
    tokens.add(tag);
  }

  /**
   * A section tag between blocks: alone on its line, which Mustache then takes away. Does not count
   * for margins.
   */
  void blockTag(Token tag) {
    if (newlines == 0) {
      wantedNewlines = Math.max(wantedNewlines, 1);
    }
    breakLines();
    endLiteral();
    tokens.add(tag);
    literal.append('\n');
    wantedSpace = false;
  }

  void lineBreak() {
    wantedNewlines = Math.min(2, Math.max(wantedNewlines, newlines) + 1);
    wantedSpace = false;
  }

  /**
   * What follows begins on a new line.
   *
   * @param lines 1 for just that, 2 for a blank line between, 0 for nothing of the kind
   */
  void margin(int lines) {
    if (lines == 0) {
      return;
    }
    wantedNewlines = Math.max(wantedNewlines, lines);
    wantedSpace = false;
  }

  void preformatted(boolean on) {
    preformatted = on;
  }

  /** Begins an item: its first line is led by {@code mark}, the others are indented. */
  void beginItem(String mark) {
    beginIndent(" ".repeat(mark.length()));
    bullet = mark;
  }

  void endItem() {
    bullet = null;
    endIndent();
  }

  /** Begins lines that are led by {@code prefix}. */
  void beginIndent(String prefix) {
    prefixes.addLast(prefix);
  }

  void endIndent() {
    prefixes.removeLast();
  }

  List<Token> tokens() {
    endLiteral();
    return tokens;
  }

  private void beforeInline() {
    breakLines();
    if (newlines > 0) {
      Iterator<String> prefix = prefixes.iterator();
      while (prefix.hasNext()) {
        String next = prefix.next();
        literal.append(bullet != null && !prefix.hasNext() ? bullet : next);
      }
      bullet = null;
    } else if (wantedSpace) {
      literal.append(' ');
    }
    wantedSpace = false;
    newlines = 0;
  }

  private void breakLines() {
    for (; newlines < wantedNewlines; newlines++) {
      literal.append('\n');
    }
    wantedNewlines = 0;
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      tokens.add(new Token.Literal(literal.toString(), null));
      literal.setLength(0);
    }
  }

  /** Also the narrow and wide spaces that mails are laid out with. */
  private static boolean isSpace(char c) {
    return c == '\t' || c == '\n' || c == '\r' || c == '\f' || Character.isSpaceChar(c);
  }

  /** Characters that mails use to shape HTML and that only disturb in text. */
  private static boolean isInvisible(char c) {
    return c == '\u00AD' || c == '\u034F' || c == '\u200B' || c == '\u2060' || c == '\uFEFF';
  }
}
