package dev.lettershop.template.text;

import dev.lettershop.template.model.Token;
import dev.lettershop.template.place.TagPlaceholders;
import java.util.List;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Tells running text from boxes, to know where a section tag goes in the text alternative. */
final class SectionShape {
  private SectionShape() {}

  /**
   * Whether a section tag belongs within a line: when its section begins and ends in the same
   * element and holds running text only.
   *
   * @param tag the comment that stands for the tag
   */
  static boolean isInline(Comment tag, TagPlaceholders placeholders) {
    Token token = placeholders.token(placeholders.tagOf(tag.getData()));
    boolean forwards = token instanceof Token.Open;
    int depth = 0;
    for (Node node = next(tag, forwards); node != null; node = next(node, forwards)) {
      if (node instanceof Element element && isBlock(element)) {
        return isTextCell(element);
      }
      if (node instanceof Comment comment && placeholders.tagOf(comment.getData()) >= 0) {
        Token other = placeholders.token(placeholders.tagOf(comment.getData()));
        boolean begins = forwards ? other instanceof Token.Open : other instanceof Token.Close;
        boolean ends = forwards ? other instanceof Token.Close : other instanceof Token.Open;
        if (ends && depth-- == 0) {
          return true;
        }
        depth += begins ? 1 : 0;
      }
    }
    return false;
  }

  private static Node next(Node node, boolean forwards) {
    return forwards ? node.nextSibling() : node.previousSibling();
  }

  /** Whether an element begins on a new line, or holds one that does. */
  static boolean isBlock(Element element) {
    return begins(element)
        || element.getAllElements().stream().anyMatch(inner -> inner != element && begins(inner));
  }

  private static boolean begins(Element element) {
    // To jsoup these are inline: they may stand in running text as far as parsing goes.
    return element.isBlock() && !List.of("img", "br").contains(element.normalName())
        || List.of("br", "td", "th", "tr", "li", "center").contains(element.normalName());
  }

  private static boolean isTextCell(Element element) {
    return element.normalName().matches("td|th")
        && element.parent() != null
        && isTextRow(element.parent());
  }

  /** Whether a table row has several cells with something in them, all of running text. */
  static boolean isTextRow(Element row) {
    List<Element> cells = row.children();
    return row.normalName().equals("tr")
        && cells.stream().filter(SectionShape::hasText).count() > 1
        && cells.stream()
            .flatMap(cell -> cell.children().stream())
            .noneMatch(SectionShape::isBlock);
  }

  /**
   * Whether a table shows data, its rows being lines, and does not just lay out the mail.
   *
   * @param table null for a row outside of any table
   */
  static boolean isData(Element table) {
    return table != null
        && table.select("th, tr").stream()
            .filter(element -> element.closest("table") == table)
            .anyMatch(element -> element.normalName().equals("th") || isTextRow(element));
  }

  /** Whether an element shows anything in text: words, a value, or a picture's description. */
  static boolean hasText(Element element) {
    return element
        .nodeStream()
        .anyMatch(
            node ->
                node instanceof TextNode text && !text.text().replace('\u00A0', ' ').isBlank()
                    || node instanceof Comment comment && comment.getData().startsWith("\uE000")
                    || node instanceof Element inner
                        && inner.normalName().equals("img")
                        && !inner.attr("alt").isBlank());
  }
}
