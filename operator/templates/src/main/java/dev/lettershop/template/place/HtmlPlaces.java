package dev.lettershop.template.place;

import dev.lettershop.template.model.Token;
import dev.lettershop.template.model.TokenVisitor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

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
  static final int MAX_BEFORE = 2048;

  /** A place in the literal with that index. */
  public record Offset(int token, int offset) {}

  /**
   * The value of an attribute in a start tag.
   *
   * @param tag number of the start tag, in order
   * @param text the value; {@link #TAG} for each tag of the template; at most {@link #MAX_BEFORE}
   *     characters
   * @param begin of the value
   * @param end behind its last character
   */
  public record AttributeValue(
      int tag, String element, String attribute, String text, Offset begin, Offset end) {}

  private final List<Place> places = new ArrayList<>();
  private final Deque<Place> blocks = new ArrayDeque<>();
  private final List<Integer> torn = new ArrayList<>();
  private final HtmlScanner scanner = new HtmlScanner();

  private HtmlPlaces() {}

  public static HtmlPlaces of(List<Token> tokens) {
    HtmlPlaces places = new HtmlPlaces();
    for (int i = 0; i < tokens.size(); i++) {
      places.places.add(places.scanner.here());
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
    return scanner.values();
  }

  /** Just behind the opening body tag; null when no literal holds one. */
  Offset bodyStart() {
    return scanner.bodyStart();
  }

  /** Goes on behind the token at {@code index}. */
  private final class Pass implements TokenVisitor<Void> {
    private final int index;

    Pass(int index) {
      this.index = index;
    }

    @Override
    public Void literal(Token.Literal token) {
      scanner.read(token.text(), index);
      return null;
    }

    @Override
    public Void value(Token.Value token) {
      scanner.value();
      return null;
    }

    @Override
    public Void open(Token.Open token) {
      blocks.push(scanner.here());
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
    Place end = scanner.here();
    if (end.kind() != beginning.kind()
        || !end.element().equals(beginning.element())
        || !end.attribute().equals(beginning.attribute())
        || end.conditional() != beginning.conditional()) {
      torn.add(index);
    } else {
      scanner.standBehind(beginning.before());
    }
  }
}
