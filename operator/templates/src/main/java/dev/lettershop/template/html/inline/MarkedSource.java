package dev.lettershop.template.html.inline;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.template.html.css.Marks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body in which marks stand for the tags of the template language. Between elements a mark is a
 * comment, which HTML allows anywhere, also between the rows of a table; within a tag it keeps
 * apart from the names beside it.
 */
public final class MarkedSource {
  private static final char PAD_BEGIN = '\uE002';
  private static final char PAD_END = '\uE003';
  private static final Pattern ANY =
      Pattern.compile(
          "<!--\uE000(\\d+)\uE001-->|\uE000(\\d+)\uE001| \uE002(\\d+)\uE003(?:=\"\")? ");

  /** A tag, or an attribute with its value. */
  private static final Pattern PART =
      Pattern.compile(
          "\uE002(\\d++)\uE003|([^\\s=/>\"'\uE002]++)(?:\\s*+=\\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\\s>]++))?+");

  private final String source;
  private final List<TemplateTag> tags;
  private final String text;

  /** Offsets where a piece of literal text begins: in the marked text, and in the source. */
  private final List<int[]> pieces = new ArrayList<>();

  private MarkedSource(String source, List<TemplateTag> tags) {
    this.source = source;
    this.tags = List.copyOf(tags);
    this.text = mark();
  }

  /**
   * @param tags all tags in {@code source}, in order
   */
  public static MarkedSource of(String source, List<TemplateTag> tags) {
    return new MarkedSource(source, tags);
  }

  private String mark() {
    StringBuilder marked = new StringBuilder(source.length() + 64);
    Markup markup = new Markup(source);
    int from = 0;
    for (int i = 0; i < tags.size(); i++) {
      TemplateTag tag = tags.get(i);
      literal(from, tag.start(), marked);
      marked.append(
          switch (markup.at(tag.start())) {
            case Content -> "<!--" + Marks.of(i) + "-->";
            case Tag -> isUnquotedValue(tag) ? Marks.of(i) : " " + PAD_BEGIN + i + PAD_END + " ";
            default -> Marks.of(i);
          });
      from = tag.end();
      markup.skipTo(from);
    }
    literal(from, source.length(), marked);
    return marked.toString();
  }

  private boolean isUnquotedValue(TemplateTag tag) {
    for (int i = tag.start() - 1; i >= 0; i--) {
      char c = source.charAt(i);
      if (c == '=') {
        return true;
      }
      if (Character.isWhitespace(c) || c == '<' || c == '"' || c == '\'') {
        return false;
      }
    }
    return false;
  }

  private void literal(int from, int to, StringBuilder marked) {
    pieces.add(new int[] {marked.length(), from});
    for (int i = from; i < to; i++) {
      char c = source.charAt(i);
      // Same length, so that offsets hold: nobody writes these on purpose.
      marked.append(c >= Marks.BEGIN && c <= PAD_END ? '\uFFFD' : c);
    }
  }

  /** The body with marks. */
  public String text() {
    return text;
  }

  /** The body as it came in. */
  public String source() {
    return source;
  }

  /** The tags; marks hold their index. */
  public List<TemplateTag> tags() {
    return tags;
  }

  /** Whether a tag puts HTML in that is not known yet. */
  public boolean hasUnknownMarkup() {
    return tags.stream().anyMatch(tag -> tag.role() == TemplateTag.Role.Markup);
  }

  /** The tag of a comment's data, or null for a comment that the author wrote. */
  public TemplateTag tagOf(String comment) {
    if (!Marks.in(comment)) {
      return null;
    }
    Matcher mark = ANY.matcher(comment);
    return mark.matches() ? tags.get(number(mark)) : null;
  }

  /** Whether a text holds marks of sections. */
  public boolean hasSections(String marked) {
    if (!Marks.in(marked) && marked.indexOf(PAD_BEGIN) < 0) {
      return false;
    }
    Matcher mark = ANY.matcher(marked);
    while (mark.find()) {
      if (tags.get(number(mark)).role().isSection()) {
        return true;
      }
    }
    return false;
  }

  /** A marked text in which one mark stands for each section with all that is in it. */
  String withoutSections(String marked) {
    StringBuilder fixed = new StringBuilder(marked.length());
    Matcher mark = ANY.matcher(marked);
    int depth = 0;
    int from = 0;
    while (mark.find()) {
      TemplateTag.Role role = tags.get(number(mark)).role();
      if (depth == 0) {
        fixed.append(marked, from, mark.start()).append(mark.group());
      }
      depth += role == TemplateTag.Role.Begin ? 1 : role == TemplateTag.Role.End ? -1 : 0;
      from = mark.end();
    }
    return fixed.append(marked, from, marked.length()).toString();
  }

  /** Names of the attributes in a start tag that stand inside of a section, in lower case. */
  Set<String> conditionalAttributes(String startTag) {
    if (startTag.indexOf(PAD_BEGIN) < 0) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    Matcher part = PART.matcher(startTag);
    int depth = 0;
    while (part.find()) {
      if (part.group(1) != null) {
        TemplateTag.Role role = tags.get(Integer.parseInt(part.group(1))).role();
        depth += role == TemplateTag.Role.Begin ? 1 : role == TemplateTag.Role.End ? -1 : 0;
      } else if (depth > 0) {
        names.add(part.group(2).toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** Puts the tags back into text that was made from the marked text. */
  public String restore(String marked) {
    StringBuilder restored = new StringBuilder(marked.length() + 64);
    Matcher mark = ANY.matcher(marked);
    int from = 0;
    // Most of a mail is no mark, and a search for one character is much faster than one for a
    // pattern.
    for (int near = nextMark(marked, 0);
        near >= 0 && mark.find(Math.max(from, near - "<!--".length()));
        near = nextMark(marked, from)) {
      restored.append(marked, from, mark.start()).append(tags.get(number(mark)).text());
      from = mark.end();
    }
    return restored.append(marked, from, marked.length()).toString();
  }

  private static int nextMark(String marked, int from) {
    int content = marked.indexOf(Marks.BEGIN, from);
    int attribute = marked.indexOf(PAD_BEGIN, from);
    return content < 0 || attribute < 0
        ? Math.max(content, attribute)
        : Math.min(content, attribute);
  }

  private static int number(Matcher mark) {
    String number = mark.group(1) != null ? mark.group(1) : mark.group(2);
    return Integer.parseInt(number != null ? number : mark.group(3));
  }

  /** The place in the source of an offset in the marked text. */
  public Position position(int offset) {
    int index = 0;
    while (index + 1 < pieces.size() && pieces.get(index + 1)[0] <= offset) {
      index++;
    }
    int[] piece = pieces.get(index);
    int end = index < tags.size() ? tags.get(index).start() : source.length();
    return positionInSource(Math.min(end, piece[1] + Math.max(0, offset - piece[0])));
  }

  /** The place of an offset in the source itself. */
  public Position positionInSource(int offset) {
    int line = 1;
    int lineStart = 0;
    for (int i = source.indexOf('\n'); i >= 0 && i < offset; i = source.indexOf('\n', i + 1)) {
      line++;
      lineStart = i + 1;
    }
    return new Position(line, offset - lineStart + 1);
  }
}
