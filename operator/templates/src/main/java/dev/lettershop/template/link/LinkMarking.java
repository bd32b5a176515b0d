package dev.lettershop.template.link;

import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.place.HtmlPlaces;
import dev.lettershop.template.place.HtmlPlaces.AttributeValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.parser.Parser;

/**
 * Marks the links of a template whose clicks are to be recorded, and the place of the image. A link
 * with {@code rel="direct"} is left as it is.
 */
public final class LinkMarking {
  private static final String DIRECT = "direct";

  private final LinkTable table;
  private final Set<String> slots;
  private final Set<String> htmlSlots;
  private final Set<String> direct = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param table takes the links
   * @param slots those whose text is shown as it is written
   * @param htmlSlots those that hold HTML, whose links are marked when it is shown
   */
  public LinkMarking(LinkTable table, Set<String> slots, Set<String> htmlSlots) {
    this.table = table;
    this.slots = Set.copyOf(slots);
    this.htmlSlots = new TreeSet<>(htmlSlots);
  }

  /** What is wrong with links of HTML. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * HTML with its links marked.
   *
   * @param html with full names, partials in place, and values in the form for their place
   */
  public List<Token> html(List<Token> html) {
    List<AttributeValue> values = HtmlPlaces.of(html).values();
    Set<Integer> directTags = directTags(values);
    AddressMarking addresses = new AddressMarking(true, slots, table::add, this::undecided);
    List<Token> marked = new ArrayList<>();
    Cursor cursor = new Cursor(html);
    for (AttributeValue value : values) {
      if (!isLink(value)) {
        continue;
      }
      marked.addAll(cursor.until(value.begin().token(), value.begin().offset()));
      List<Token> address = cursor.until(value.end().token(), value.end().offset());
      if (directTags.contains(value.tag())) {
        direct.add(Parser.unescapeEntities(value.text().strip(), true));
        marked.addAll(address);
      } else {
        marked.addAll(addresses.mark(address));
      }
    }
    marked.addAll(cursor.until(html.size(), 0));
    slotsOf(html);
    return marked;
  }

  /** Gives a number to the links of each slot with HTML that is shown. */
  private void slotsOf(List<Token> tokens) {
    for (String slot : htmlSlots) {
      if (SlotLinks.isUsed(tokens, slot)) {
        table.same(SlotLinks.of(slot));
      }
    }
  }

  /** Numbers of the tags whose links are to be left as they are. */
  static Set<Integer> directTags(List<AttributeValue> values) {
    Set<Integer> tags = new HashSet<>();
    for (AttributeValue value : values) {
      List<String> words = Arrays.asList(value.text().toLowerCase(Locale.ROOT).split("\\s+"));
      if (value.attribute().equals("rel") && words.contains(DIRECT)) {
        tags.add(value.tag());
      }
    }
    return tags;
  }

  /** Links to pages, also those that Outlook draws as shapes. */
  static boolean isLink(AttributeValue value) {
    return value.attribute().equals("href")
        && (value.element().equals("a")
            || value.element().equals("area")
            || value.element().startsWith("v:"));
  }

  private void undecided(Token tag) {
    String shown =
        tag instanceof Token.Value value ? "{{" + value.code() + "}}" : "what stands before it";
    problems.add(
        Problem.error(
            tag.position(),
            "a click on this link cannot be recorded: "
                + shown
                + " decides about the host that it leads to",
            "begin the address with https:// and your host, or write rel=\"direct\" into the link"));
  }

  /** A text with the addresses in it marked, but for those of links that are left as they are. */
  public List<Token> text(List<Token> text) {
    AddressMarking addresses = new AddressMarking(false, slots, table::same, tag -> {});
    List<Token> marked = new ArrayList<>();
    for (TextAddresses.Part part : TextAddresses.of(text, table::beginsWith)) {
      boolean leave =
          !part.address()
              || part.tokens().size() == 1
                  && part.tokens().get(0) instanceof Token.Literal literal
                  && direct.contains(literal.text());
      marked.addAll(leave ? part.tokens() : addresses.mark(part.tokens()));
    }
    slotsOf(text);
    return marked;
  }

  /** Marks where the image goes: at the end of the body. */
  public static List<Token> withImage(List<Token> html) {
    List<Token> marked = new ArrayList<>(html);
    for (int i = html.size() - 1; i >= 0; i--) {
      if (html.get(i) instanceof Token.Literal literal) {
        int end = literal.text().toLowerCase(Locale.ROOT).lastIndexOf("</body");
        if (end >= 0) {
          marked.set(
              i,
              new Token.Literal(
                  literal.text().substring(0, end)
                      + LinkMarks.IMAGE
                      + literal.text().substring(end),
                  literal.position(),
                  literal.moved()));
          return marked;
        }
      }
    }
    marked.add(new Token.Literal(String.valueOf(LinkMarks.IMAGE), null));
    return marked;
  }

  /** Cuts tokens into pieces. */
  private static final class Cursor {
    private final List<Token> tokens;
    private int token;
    private int offset;

    Cursor(List<Token> tokens) {
      this.tokens = tokens;
    }

    /** What stands between the last place and this one. */
    List<Token> until(int endToken, int endOffset) {
      List<Token> piece = new ArrayList<>();
      while (token < endToken) {
        add(piece, token, offset, Integer.MAX_VALUE);
        token++;
        offset = 0;
      }
      if (endOffset > offset) {
        add(piece, token, offset, endOffset);
        offset = endOffset;
      }
      return piece;
    }

    private void add(List<Token> piece, int index, int from, int to) {
      if (!(tokens.get(index) instanceof Token.Literal literal)) {
        piece.add(tokens.get(index));
        return;
      }
      String text = literal.text();
      String cut = text.substring(from, Math.min(to, text.length()));
      if (!cut.isEmpty()) {
        piece.add(new Token.Literal(cut, literal.position(), literal.moved()));
      }
    }
  }
}
