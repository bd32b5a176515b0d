package dev.lettershop.template.html.check;

import java.util.Map;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/** Elements and attributes that clients remove, and filters dislike. */
final class ElementCheck implements MailCheck {
  private static final Map<String, String> REMOVED =
      Map.of(
          "script", "scripts",
          "iframe", "frames",
          "frame", "frames",
          "object", "embedded objects",
          "embed", "embedded objects",
          "applet", "applets");

  @Override
  public void check(CheckedMail mail, FindingCollector found) {
    for (Element element : mail.document().elements()) {
      String name = element.normalName();
      if (REMOVED.containsKey(name)) {
        found.warning(
            "removed-element",
            mail.offset(element),
            "<" + name,
            "mail clients remove " + REMOVED.get(name) + ", and filters take them for an attack",
            "remove <" + name + ">, and link to a page instead");
      } else if (isWebFont(element)) {
        found.hint(
            "web-font",
            mail.offset(element),
            element.attr("href"),
            "a font is loaded from elsewhere: most clients do not, and the others tell its server who"
                + " reads",
            "name common fonts behind it, or do without");
      } else if (name.equals("link") && element.attr("rel").toLowerCase().contains("stylesheet")) {
        found.warning(
            "external-css",
            mail.offset(element),
            element.attr("href"),
            "mail clients load no style sheets, and this one cannot be inlined",
            "put the rules into <style>");
      } else if (name.equals("form")) {
        found.warning(
            "form",
            mail.offset(element),
            "<form",
            "forms do not work in most mail clients, and filters dislike them",
            "link to a page with the form");
      }
      handlers(element, mail, found);
    }
  }

  private static boolean isWebFont(Element element) {
    return element.normalName().equals("link") && element.attr("href").contains("font");
  }

  private static void handlers(Element element, CheckedMail mail, FindingCollector found) {
    for (Attribute attribute : element.attributes()) {
      String name = attribute.getKey();
      if (name.regionMatches(true, 0, "on", 0, 2) && name.matches("(?i)on[a-z]{3,}")) {
        found.warning(
            "removed-element",
            mail.offset(element),
            attribute.getKey(),
            "mail clients remove scripts, and filters take them for an attack",
            "remove the attribute " + attribute.getKey());
      }
    }
  }
}
