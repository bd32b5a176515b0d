package dev.lettershop.template.liquid;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.model.TextPositions;
import dev.lettershop.template.model.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a Liquid source into text and tags; comments and raw text are dealt with here. */
final class LiquidScanner {

  /**
   * A tag.
   *
   * @param output whether it is <code>{{…}}</code>
   */
  record Tag(boolean output, String inside, Position position) {
    boolean isNamed(String name) {
      return !output && inside.startsWith(name) && inside.split("[^A-Za-z_]", 2)[0].equals(name);
    }
  }

  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*|#");

  private final String source;
  private final TextPositions positions;
  private final List<Problem> problems;
  private final List<Object> pieces = new ArrayList<>();
  private boolean trimNext;

  private LiquidScanner(String source, List<Problem> problems) {
    this.source = source;
    this.positions = new TextPositions(source);
    this.problems = problems;
  }

  /** {@link Token.Literal} and {@link Tag} in turn. */
  static List<Object> scan(String source, List<Problem> problems) {
    LiquidScanner scanner = new LiquidScanner(source, problems);
    scanner.split();
    return scanner.pieces;
  }

  private void split() {
    int from = 0;
    while (from < source.length()) {
      int open = next(from);
      if (open < 0) {
        break;
      }
      boolean trim = source.startsWith("-", open + 2);
      literal(from, open, trim);
      from = tag(open, open + (trim ? 3 : 2));
    }
    literal(from, source.length(), false);
  }

  private int next(int from) {
    int output = source.indexOf("{{", from);
    int tag = source.indexOf("{%", from);
    return output < 0 ? tag : tag < 0 ? output : Math.min(output, tag);
  }

  private void literal(int from, int to, boolean trimEnd) {
    String text = from < to ? source.substring(from, to) : "";
    text = trimNext ? text.stripLeading() : text;
    text = trimEnd ? text.stripTrailing() : text;
    trimNext = false;
    if (!text.isEmpty()) {
      pieces.add(new Token.Literal(text, positions.at(from)));
    }
  }

  /** Reads the tag that begins at {@code open}; gives the offset after it. */
  private int tag(int open, int start) {
    boolean output = source.charAt(open + 1) == '{';
    String closing = output ? "}}" : "%}";
    Position position = positions.at(open);
    int close = source.indexOf(closing, start);
    int next = next(start);
    if (close < 0 || next >= 0 && next < close) {
      problems.add(Problem.error(position, "tag is not closed", "end it with " + closing));
      return next < 0 ? source.length() : next;
    }
    String inside = source.substring(start, close);
    if (inside.endsWith("-")) {
      inside = inside.substring(0, inside.length() - 1);
      trimNext = true;
    }
    inside = inside.strip();
    int end = close + closing.length();
    Matcher word = WORD.matcher(inside);
    String name = !output && word.lookingAt() ? word.group() : "";
    return switch (name) {
      case "#" -> end;
      case "comment", "raw" -> body(name, position, end);
      case "liquid" -> {
        statements(inside.substring(name.length()), start + inside.indexOf(name) + name.length());
        yield end;
      }
      default -> {
        pieces.add(new Tag(output, inside, position));
        yield end;
      }
    };
  }

  /** The lines of <code>{% liquid %}</code>, each of which is a tag of its own. */
  private void statements(String lines, int from) {
    int offset = source.indexOf(lines, from);
    boolean comment = false;
    for (String line : lines.split("\n", -1)) {
      String inside = line.strip();
      Tag tag = new Tag(false, inside, positions.at(offset + line.indexOf(inside)));
      if (tag.isNamed("comment") || tag.isNamed("endcomment")) {
        comment = tag.isNamed("comment");
      } else if (!comment && !inside.isEmpty() && !inside.startsWith("#")) {
        pieces.add(tag);
      }
      offset += line.length() + 1;
    }
  }

  /** Text that is not read: left out as a comment, or kept as it is. */
  private int body(String name, Position position, int from) {
    Matcher end = Pattern.compile("\\{%-?\\s*end" + name + "\\s*-?%}").matcher(source);
    if (!end.find(from)) {
      problems.add(
          Problem.error(
              position,
              "block {% " + name + " %} is not closed",
              "close it with {% end" + name + " %}"));
      return source.length();
    }
    if (name.equals("raw")) {
      literal(from, end.start(), false);
    }
    trimNext = end.group().endsWith("-%}");
    return end.end();
  }
}
