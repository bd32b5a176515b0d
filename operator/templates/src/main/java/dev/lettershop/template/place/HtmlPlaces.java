package dev.lettershop.template.place;

import dev.lettershop.template.model.Token;
import dev.lettershop.template.model.TokenVisitor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Says where in the HTML each tag of the template stands: the states of the HTML tokenizer (WHATWG
 * HTML §13.2.5) that matter for escaping, run over the literal text between the tags.
 */
public final class HtmlPlaces {

  public enum Kind {
    /** Between tags. */
    Content,
    /** In an attribute's value between quotes. */
    QuotedValue,
    /** In an attribute's value without quotes. */
    UnquotedValue,
    /** Inside a tag, but in no attribute's value. */
    InsideTag,
    /** In a comment. */
    Comment,
    /** In the text of an element that holds no elements: script, style, title, textarea. */
    RawText
  }

  /**
   * @param element name of the tag or raw-text element the place is in, in lower case, or empty
   * @param attribute name of the attribute whose value the place is in, in lower case, or empty
   * @param before what stands before in that value, white space at its start left out; {@link #TAG}
   *     for each tag of the template; at most {@link #MAX_BEFORE} characters
   * @param conditional whether the place is inside a conditional comment, whose HTML only Outlook
   *     reads
   */
  record Place(Kind kind, String element, String attribute, String before, boolean conditional) {

    /** Whether an attribute's value begins here. */
    boolean begins() {
      return !attribute.isEmpty() && before.isEmpty();
    }
  }

  /** Stands for a tag in {@link Place#before}. */
  static final char TAG = '\uFFFC';

  /** Enough to tell scheme and host of an address. */
  private static final int MAX_BEFORE = 2048;

  /** Just behind the opening body tag: offset in the literal with that index. */
  record BodyStart(int token, int offset) {}

  /**
   * The value of an attribute in a start tag.
   *
   * @param tag number of the start tag, in order
   * @param text the value; {@link #TAG} for each tag of the template; at most {@link #MAX_BEFORE}
   *     characters
   * @param token index of the token in which the value begins, at {@code offset}
   * @param endToken index of the token in which it ends, before {@code endOffset}
   */
  public record AttributeValue(
      int tag,
      String element,
      String attribute,
      String text,
      int token,
      int offset,
      int endToken,
      int endOffset) {}

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

  private final List<Place> places = new ArrayList<>();
  private final Deque<Place> blocks = new ArrayDeque<>();
  private final List<Integer> torn = new ArrayList<>();
  private final List<AttributeValue> values = new ArrayList<>();
  private BodyStart bodyStart;

  private State state = State.Content;
  private final StringBuilder element = new StringBuilder();
  private final StringBuilder attribute = new StringBuilder();
  private final StringBuilder before = new StringBuilder();
  private boolean closingTag;
  private boolean conditional;
  private int startTags;
  private int valueToken;
  private int valueOffset;

  private HtmlPlaces() {}

  public static HtmlPlaces of(List<Token> tokens) {
    HtmlPlaces places = new HtmlPlaces();
    for (int i = 0; i < tokens.size(); i++) {
      places.places.add(places.here());
      tokens.get(i).accept(places.new Pass(i));
    }
    return places;
  }

  /** The place of each token, by its index; of a literal, the place where it begins. */
  List<Place> places() {
    return places;
  }

  /**
   * Tags, by index, at which a part of a block ends elsewhere than the block began: inside a tag
   * and outside of it, or in another attribute. What follows would stand in one place or another,
   * depending on the recipient.
   */
  List<Integer> torn() {
    return torn;
  }

  /** Values of attributes in their order, of those that begin and end in literal text. */
  public List<AttributeValue> values() {
    return values;
  }

  /** Null when no literal holds an opening body tag. */
  BodyStart bodyStart() {
    return bodyStart;
  }

  private Place here() {
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

  /** Goes on behind the token at {@code index}. */
  private final class Pass implements TokenVisitor<Void> {
    private final int index;

    Pass(int index) {
      this.index = index;
    }

    @Override
    public Void literal(Token.Literal token) {
      read(token.text(), index);
      return null;
    }

    @Override
    public Void value(Token.Value token) {
      valuePart(TAG);
      if (state == State.BeforeValue) {
        state = State.Unquoted;
      }
      return null;
    }

    @Override
    public Void open(Token.Open token) {
      blocks.push(here());
      return null;
    }

    @Override
    public Void middle(Token.Middle token) {
      endPart(blocks.peek(), index);
      return null;
    }

    @Override
    public Void close(Token.Close token) {
      endPart(blocks.pop(), index);
      return null;
    }

    @Override
    public Void statement(Token.Statement token) {
      return null;
    }

    @Override
    public Void partial(Token.Partial token) {
      return null;
    }
  }

  /** What comes next may also come directly after the beginning of the block. */
  private void endPart(Place beginning, int index) {
    Place end = here();
    if (end.kind() != beginning.kind()
        || !end.element().equals(beginning.element())
        || !end.attribute().equals(beginning.attribute())
        || end.conditional() != beginning.conditional()) {
      torn.add(index);
    } else {
      before.setLength(0);
      before.append(beginning.before());
    }
  }

  private void valuePart(char c) {
    if (before.length() < MAX_BEFORE && !(before.isEmpty() && isSpace(c))) {
      before.append(c);
    }
  }

  private void beginValue(int token, int offset) {
    valueToken = token;
    valueOffset = offset;
  }

  private void endValue(int token, int offset) {
    if (!closingTag) {
      values.add(
          new AttributeValue(
              startTags,
              lower(element),
              lower(attribute),
              before.toString(),
              valueToken,
              valueOffset,
              token,
              offset));
    }
  }

  private void read(String text, int token) {
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
    int end = text.toLowerCase(Locale.ROOT).indexOf("</" + lower(element), i);
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
      bodyStart = new BodyStart(token, next);
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
