package dev.lettershop.template.html.mjml;

import dev.lettershop.template.html.css.Marks;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.Selector;

/** What {@code mj-html-attributes} adds to the HTML, which mjml4j does not know. */
final class HtmlAttributes {

  /**
   * One attribute.
   *
   * @param path CSS selector of the elements that get it
   */
  record Added(String path, String name, String value, int start) {}

  private HtmlAttributes() {}

  /** All that the head of a mail asks for. */
  static List<Added> of(String mjml, List<MjmlTag> tags) {
    List<Added> added = new ArrayList<>();
    String path = null;
    for (int i = 0; i < tags.size(); i++) {
      MjmlTag tag = tags.get(i);
      if (tag.name().equals("mj-selector")) {
        path = tag.closing() ? null : tag.attribute("path", null);
      } else if (tag.name().equals("mj-html-attribute") && !tag.closing() && path != null) {
        int end = !tag.empty() && i + 1 < tags.size() ? tags.get(i + 1).start() : tag.end();
        added.add(
            new Added(
                path,
                tag.attribute("name", ""),
                mjml.substring(tag.end(), Math.max(tag.end(), end)).strip(),
                tag.start()));
      }
    }
    return added;
  }

  /** Whether a selector can be read. */
  static boolean isSelector(String path) {
    try {
      Jsoup.parse("").select(path);
      return !Marks.in(path);
    } catch (Selector.SelectorParseException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Writes them into the start tags; the rest of the HTML stays as it is. */
  static String put(String html, List<Added> added) {
    if (added.isEmpty()) {
      return html;
    }
    Document document = Jsoup.parse(html, "", Parser.htmlParser().setTrackPosition(true));
    TreeMap<Integer, String> inserted = new TreeMap<>();
    for (Added one : added) {
      for (Element element : document.select(one.path())) {
        if (element.sourceRange().isTracked()
            && !element.sourceRange().isImplicit()
            && !element.hasAttr(one.name())) {
          int at = element.sourceRange().startPos() + 1 + element.tagName().length();
          String text = " " + one.name() + "=\"" + one.value().replace("\"", "&quot;") + "\"";
          inserted.merge(at, text, String::concat);
        }
      }
    }
    StringBuilder out = new StringBuilder(html);
    inserted.descendingMap().forEach(out::insert);
    return out.toString();
  }
}
