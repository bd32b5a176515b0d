package dev.lettershop.template.html.inline;

import dev.lettershop.template.html.css.Stylesheet;
import org.jsoup.nodes.Element;

/**
 * A style element.
 *
 * @param start offset of its first character
 * @param contentStart offset of the style sheet
 * @param contentEnd offset behind the style sheet
 * @param end offset behind the element
 * @param inlinable whether its rules hold everywhere and may move into the elements
 */
public record StyleBlock(
    Element element,
    int start,
    int contentStart,
    int contentEnd,
    int end,
    boolean inlinable,
    Stylesheet sheet) {

  /** Reads a style element; null when it does not stand in the text as such. */
  static StyleBlock of(Element style, MailDocument mail) {
    if (!mail.isWritten(style) || !style.endSourceRange().isTracked()) {
      return null;
    }
    int contentStart = style.sourceRange().endPos();
    int end = style.endSourceRange().endPos();
    // jsoup says where the end tag of raw text ends, but not where it begins.
    int contentEnd = Math.max(contentStart, mail.html().lastIndexOf("</", end - 1));
    String media = style.attr("media").strip();
    boolean everywhere =
        media.isEmpty() || media.equalsIgnoreCase("all") || media.equalsIgnoreCase("screen");
    boolean css = style.attr("type").isBlank() || style.attr("type").equalsIgnoreCase("text/css");
    return new StyleBlock(
        style,
        mail.start(style),
        contentStart,
        contentEnd,
        Math.max(contentEnd, end),
        everywhere && css && !style.hasAttr("data-embed"),
        Stylesheet.parse(mail.html(), contentStart, contentEnd));
  }
}
