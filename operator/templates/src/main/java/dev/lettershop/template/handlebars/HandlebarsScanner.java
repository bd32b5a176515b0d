package dev.lettershop.template.handlebars;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.model.TextPositions;
import dev.lettershop.template.model.Token;
import java.util.ArrayList;
import java.util.List;

/** Splits a Handlebars source into text and tags. */
final class HandlebarsScanner {

  /**
   * A tag.
   *
   * @param sigil {@code #}, {@code ^}, {@code /}, {@code >}, {@code &} (also for three braces),
   *     {@code else}, or empty
   * @param inside what follows the sigil
   */
  record Tag(String sigil, String inside, Position position) {}

  private final String source;
  private final TextPositions positions;
  private final List<Problem> problems;
  private final List<Object> pieces = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int textStart;
  private boolean trimNext;

  private HandlebarsScanner(String source, List<Problem> problems) {
    this.source = source;
    this.positions = new TextPositions(source);
    this.problems = problems;
  }

  /** {@link Token.Literal} and {@link Tag} in turn. */
  static List<Object> scan(String source, List<Problem> problems) {
    HandlebarsScanner scanner = new HandlebarsScanner(source, problems);
    scanner.split();
    return scanner.pieces;
  }

  private void split() {
    int from = 0;
    while (from < source.length()) {
      int open = source.indexOf("{{", from);
      if (open < 0) {
        break;
      }
      if (open > from && source.charAt(open - 1) == '\\') {
        // An escaped tag is text up to its end.
        int end = source.indexOf("}}", open);
        int next = end < 0 ? open + 2 : end + 2;
        append(from, open - 1);
        append(open, next);
        from = next;
        continue;
      }
      append(from, open);
      from = tag(open);
    }
    append(from, source.length());
    flush(false);
  }

  private void append(int from, int to) {
    if (from < to) {
      if (text.isEmpty()) {
        textStart = from;
      }
      text.append(source, from, to);
    }
  }

  private void flush(boolean trimEnd) {
    String literal = text.toString();
    text.setLength(0);
    literal = trimNext ? literal.stripLeading() : literal;
    literal = trimEnd ? literal.stripTrailing() : literal;
    trimNext = false;
    if (!literal.isEmpty()) {
      pieces.add(new Token.Literal(literal, positions.at(textStart)));
    }
  }

  /** Reads the tag that begins at {@code open}; gives the offset after it. */
  private int tag(int open) {
    Position position = positions.at(open);
    if (source.startsWith("{{{{", open)) {
      problems.add(Problem.error(position, "mails have no raw blocks", "escape a tag: \\{{"));
      return open + 4;
    }
    boolean triple = source.startsWith("{{{", open);
    int start = open + (triple ? 3 : 2);
    boolean trimStart = start < source.length() && source.charAt(start) == '~';
    start += trimStart ? 1 : 0;
    boolean longComment = source.startsWith("!--", start);
    boolean comment = source.startsWith("!", start);
    String closing = longComment ? "--" : triple ? "}}}" : "}}";
    int close = source.indexOf(closing, start + (longComment ? 3 : 0));
    int next = source.indexOf("{{", start);
    if (close < 0 || !comment && next >= 0 && next < close) {
      problems.add(Problem.error(position, "tag is not closed", "end it with " + closing));
      return next < 0 ? source.length() : next;
    }
    String inside = source.substring(start, close);
    int end = close + closing.length();
    if (longComment) {
      int braces = source.indexOf("}}", close);
      end = braces < 0 ? source.length() : braces + 2;
    }
    flush(trimStart);
    if (inside.endsWith("~")) {
      inside = inside.substring(0, inside.length() - 1);
      trimNext = true;
    }
    if (!comment) {
      tag(triple, inside.strip(), position);
    }
    return end;
  }

  private void tag(boolean triple, String inside, Position position) {
    char first = inside.isEmpty() ? ' ' : inside.charAt(0);
    if (inside.isEmpty()) {
      problems.add(Problem.error(position, "tag without a name", "write {{profile.<attribute>}}"));
    } else if (triple) {
      pieces.add(new Tag("&", inside, position));
    } else if (inside.startsWith("#>") || first == '*') {
      problems.add(
          Problem.error(
              position,
              "mails have no " + (first == '*' ? "decorators" : "partials with a block"),
              "use {{#*inline \"name\"}}…{{/inline}} and {{> name}}"));
    } else if (inside.startsWith("#*")) {
      pieces.add(new Tag("#*", inside.substring(2).strip(), position));
    } else if ("#^/>&".indexOf(first) >= 0) {
      pieces.add(new Tag(String.valueOf(first), inside.substring(1).strip(), position));
    } else if (inside.equals("else") || inside.startsWith("else ")) {
      pieces.add(new Tag("else", inside.substring("else".length()).strip(), position));
    } else if (first == '=') {
      problems.add(
          Problem.error(position, "mail templates cannot change the delimiters", "use {{ and }}"));
    } else {
      pieces.add(new Tag("", inside, position));
    }
  }
}
