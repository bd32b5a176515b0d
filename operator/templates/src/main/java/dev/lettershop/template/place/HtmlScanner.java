package dev.lettershop.template.place;

import dev.lettershop.template.place.HtmlPlaces.AttributeValue;
import dev.lettershop.template.place.HtmlPlaces.Kind;
import dev.lettershop.template.place.HtmlPlaces.Offset;
import dev.lettershop.template.place.HtmlPlaces.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the HTML of a template a piece at a time, as far as a place in it has to be known: tags,
 * attributes, comments and raw text, by the states of the HTML standard's tokenizer (section
 * 13.2.5) that matter here. Builds no tree, and copes with whatever comes.
 */
final class HtmlScanner {
  private enum State {
    Content,
    TagName,
    BeforeAttribute,
    AttributeName,
    BeforeValue,
    DoubleQuoted,
    SingleQuoted,
    Unquoted,
    Comment,
    Declaration,
    RawText
  }

  private static final String END_CONDITIONAL = "<![endif]-->";
  private static final Set<String> RAW_TEXT = Set.of("script", "style", "title", "textarea", "xmp");

  private final List<AttributeValue> values = new ArrayList<>();
  private Offset bodyStart;

  private State state = State.Content;
  private final StringBuilder element = new StringBuilder();
  private final StringBuilder attribute = new StringBuilder();
  private final StringBuilder before = new StringBuilder();
  private boolean closingTag;
  private boolean conditional;
  private int startTags;
  private Offset valueBegin;

  /** Values of attributes in their order, of those that begin and end in literal text. */
  List<AttributeValue> values() {
    return values;
  }

  /** Null when no literal held an opening body tag. */
  Offset bodyStart() {
    return bodyStart;
  }

  /** Where it stands now. */
  Place here() {
    Kind kind =
        switch (state) {
          case Content, Declaration -> Kind.Content;
          case TagName, BeforeAttribute, AttributeName -> Kind.InsideTag;
          case BeforeValue, Unquoted -> Kind.UnquotedValue;
          case DoubleQuoted, SingleQuoted -> Kind.QuotedValue;
          case Comment -> Kind.Comment;
          case RawText -> Kind.RawText;
        };
    boolean value = kind == Kind.QuotedValue || kind == Kind.UnquotedValue;
    return new Place(
        kind,
        kind == Kind.Content || kind == Kind.Comment ? "" : lower(element),
        value ? lower(attribute) : "",
        value ? before.toString() : "",
        conditional);
  }

  /** Goes on behind a value of the template. */
  void value() {
    valuePart(HtmlPlaces.TAG);
    if (state == State.BeforeValue) {
      state = State.Unquoted;
    }
  }

  /** Goes back to what stood in an attribute's value at another place. */
  void standBehind(String text) {
    before.setLength(0);
    before.append(text);
  }

  private void valuePart(char c) {
    if (before.length() < HtmlPlaces.MAX_BEFORE && !(before.isEmpty() && isSpace(c))) {
      before.append(c);
    }
  }

  private void beginValue(int token, int offset) {
    valueBegin = new Offset(token, offset);
  }

  private void endValue(int token, int offset) {
    if (!closingTag) {
      values.add(
          new AttributeValue(
              startTags,
              lower(element),
              lower(attribute),
              before.toString(),
              valueBegin,
              new Offset(token, offset)));
    }
  }

  /** Goes on behind literal text, which is the token of that index. */
  void read(String text, int token) {
    int i = 0;
    while (i < text.length()) {
      i = step(text, i, token);
    }
  }

  /** Consumes at least one character; gives the offset of the next. */
  private int step(String text, int i, int token) {
    char c = text.charAt(i);
    switch (state) {
      case Content -> {
        return content(text, i);
      }
      case Comment -> {
        int end = text.indexOf("-->", i);
        state = end < 0 ? State.Comment : State.Content;
        return end < 0 ? text.length() : end + 3;
      }
      case Declaration -> state = c == '>' ? State.Content : State.Declaration;
      case RawText -> {
        return rawText(text, i);
      }
      case TagName -> {
        if (c == '>') {
          endTag(token, i + 1);
        } else if (isSpace(c) || c == '/') {
          state = State.BeforeAttribute;
        } else {
          element.append(c);
        }
      }
      case BeforeAttribute, AttributeName -> insideTag(c, token, i + 1);
      case BeforeValue -> beforeValue(c, token, i + 1);
      case DoubleQuoted, SingleQuoted -> {
        if (c == (state == State.DoubleQuoted ? '"' : '\'')) {
          endValue(token, i);
          state = State.BeforeAttribute;
        } else {
          valuePart(c);
        }
      }
      case Unquoted -> {
        if (c == '>') {
          endValue(token, i);
          endTag(token, i + 1);
        } else if (isSpace(c)) {
          endValue(token, i);
          state = State.BeforeAttribute;
        } else {
          valuePart(c);
        }
      }
      default -> throw new IllegalStateException("No such state: " + state);
    }
    return i + 1;
  }

  private int content(String text, int i) {
    int open = text.indexOf('<', i);
    int close = conditional ? text.indexOf("-->", i) : -1;
    if (close >= 0 && (open < 0 || close < open)) {
      conditional = false;
      return close + 3;
    }
    if (open < 0) {
      return text.length();
    }
    if (text.startsWith("<!-->", open)) {
      conditional = false;
      return open + 5;
    }
    if (text.startsWith(END_CONDITIONAL, open)) {
      conditional = false;
      return open + END_CONDITIONAL.length();
    }
    if (text.startsWith("<!--", open)) {
      int condition = conditionEnd(text, open + 4);
      conditional |= condition >= 0;
      state = condition >= 0 ? State.Content : State.Comment;
      return condition >= 0 ? condition : open + 4;
    }
    char next = open + 1 < text.length() ? text.charAt(open + 1) : 'a';
    closingTag = next == '/';
    if (next == '!' || next == '?') {
      state = State.Declaration;
    } else if (closingTag || Character.isLetter(next)) {
      state = State.TagName;
      startTags += closingTag ? 0 : 1;
      element.setLength(0);
    }
    return Math.min(text.length(), open + (closingTag ? 2 : 1));
  }

  /** Behind the condition of a conditional comment; -1 for a comment of another kind. */
  private static int conditionEnd(String text, int from) {
    int start = from;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    int end = text.regionMatches(true, start, "[if", 0, 3) ? text.indexOf("]>", start) : -1;
    int close = text.indexOf("-->", from);
    return end < 0 || close >= 0 && close < end ? -1 : end + 2;
  }

  private int rawText(String text, int i) {
    String name = element.toString();
    int end = text.indexOf("</", i);
    while (end >= 0 && !text.regionMatches(true, end + 2, name, 0, name.length())) {
      end = text.indexOf("</", end + 2);
    }
    if (end < 0) {
      return text.length();
    }
    state = State.TagName;
    closingTag = true;
    element.setLength(0);
    return end + 2;
  }

  private void insideTag(char c, int token, int next) {
    if (c == '>') {
      endTag(token, next);
    } else if (c == '=' && !attribute.isEmpty()) {
      state = State.BeforeValue;
      before.setLength(0);
    } else if (isSpace(c) || c == '/') {
      state = State.BeforeAttribute;
    } else {
      if (state == State.BeforeAttribute) {
        attribute.setLength(0);
      }
      state = State.AttributeName;
      attribute.append(c);
    }
  }

  private void beforeValue(char c, int token, int next) {
    if (c == '"') {
      state = State.DoubleQuoted;
      beginValue(token, next);
    } else if (c == '\'') {
      state = State.SingleQuoted;
      beginValue(token, next);
    } else if (c == '>') {
      endTag(token, next);
    } else if (!isSpace(c)) {
      state = State.Unquoted;
      beginValue(token, next - 1);
      valuePart(c);
    }
  }

  private void endTag(int token, int next) {
    String name = lower(element);
    state = !closingTag && RAW_TEXT.contains(name) ? State.RawText : State.Content;
    if (!closingTag && name.equals("body") && bodyStart == null && !conditional) {
      bodyStart = new Offset(token, next);
    }
    attribute.setLength(0);
  }

  private static String lower(CharSequence text) {
    return text.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }
}
