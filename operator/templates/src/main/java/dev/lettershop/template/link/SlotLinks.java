package dev.lettershop.template.link;

import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.place.HtmlPlaces;
import dev.lettershop.template.place.HtmlPlaces.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsoup.parser.Parser;

/**
 * The links in a slot that holds HTML. All of them share one number in the template, and their
 * addresses are the texts of the slot. A link with {@code rel="direct"} is left as it is.
 */
public final class SlotLinks {
  private SlotLinks() {}

  /** The link of a template that stands for all that are in a slot. */
  static TemplateLink of(String slot) {
    return new TemplateLink(List.of("", ""), List.of(slot));
  }

  /**
   * The number of the link that stands for all that are in a slot; -1 when they are not recorded.
   *
   * @param links of a template
   * @param slot one that holds HTML
   */
  public static int number(List<TemplateLink> links, String slot) {
    return links.indexOf(of(slot));
  }

  /** Whether something is shown of a slot, or depends on it. */
  public static boolean isUsed(List<Token> part, String slot) {
    return part.stream().anyMatch(token -> uses(token, slot));
  }

  /** Whether a slot is shown otherwise than as it is: then marks in it would not stay whole. */
  public static boolean isChanged(List<Token> part, String slot) {
    return part.stream()
        .filter(token -> uses(token, slot))
        .anyMatch(
            token ->
                token instanceof Token.Value value
                    ? value.form() != Token.Form.Unescaped
                        || !slot.equals(AddressMarking.slot(value))
                    : !(token instanceof Token.Open) && !(token instanceof Token.Middle));
  }

  private static boolean uses(Token token, String slot) {
    return token.uses().stream().anyMatch(use -> use.path().equals(Names.CONTENT + "." + slot));
  }

  /** A piece of the HTML. */
  private record Piece(int begin, int end, String address) {}

  private static List<Piece> pieces(String html) {
    List<AttributeValue> values = HtmlPlaces.of(List.of(new Token.Literal(html, null))).values();
    Set<Integer> direct = LinkMarking.directTags(values);
    List<Piece> pieces = new ArrayList<>();
    for (AttributeValue value : values) {
      // A tag that is cut off is none.
      if (!LinkMarking.isLink(value) || direct.contains(value.tag()) || value.end().token() > 0) {
        continue;
      }
      String written = html.substring(value.begin().offset(), value.end().offset());
      String stripped = written.strip();
      String address = Parser.unescapeEntities(stripped, true);
      if (WebAddress.isWeb(address) && WebAddress.of(address, true).isPresent()) {
        int begin = value.begin().offset() + written.indexOf(stripped);
        pieces.add(new Piece(begin, begin + stripped.length(), address));
      }
    }
    return pieces;
  }

  /** Addresses of pages that links lead to, in their order. */
  public static List<String> addresses(String html) {
    return pieces(html).stream().map(Piece::address).toList();
  }

  /**
   * The HTML with its links marked.
   *
   * @param link number of the link that stands for all of them
   */
  public static String marked(String html, int link) {
    StringBuilder marked = new StringBuilder(html.length() + 64);
    int from = 0;
    for (Piece piece : pieces(html)) {
      marked
          .append(html, from, piece.begin())
          .append(LinkMarks.LINK)
          .append(link)
          .append(LinkMarks.ADDRESS)
          .append(LinkMarks.SLOT)
          .append(html, piece.begin(), piece.end())
          .append(LinkMarks.VALUE)
          .append(LinkMarks.END);
      from = piece.end();
    }
    return marked.append(html.substring(from)).toString();
  }
}
