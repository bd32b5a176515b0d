package dev.lettershop.template.html.check;

import dev.lettershop.template.html.css.Declaration;
import dev.lettershop.template.html.css.Marks;
import dev.lettershop.template.html.inline.Inliner;
import dev.lettershop.template.html.inline.MailDocument;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jsoup.nodes.Element;

/** A mail with all that checks ask for. */
final class CheckedMail {
  private final MailDocument document;
  private final Inliner styles;
  private final String result;
  private final Map<Element, Map<String, String>> effective = new IdentityHashMap<>();

  /**
   * @param result the HTML that is sent, before values are put in
   */
  CheckedMail(MailDocument document, Inliner styles, String result) {
    this.document = document;
    this.styles = styles;
    this.result = result;
  }

  MailDocument document() {
    return document;
  }

  Inliner styles() {
    return styles;
  }

  String result() {
    return result;
  }

  /** Whether it is a part of a mail only, such as a footer that others include. */
  boolean isFragment() {
    return document.doctype() == null
        && document.named("html").stream().noneMatch(document::isWritten)
        && document.named("body").stream().noneMatch(document::isWritten);
  }

  int offset(Element element) {
    return document.start(element);
  }

  /** What applies to an element, by property. */
  Map<String, String> style(Element element) {
    return effective.computeIfAbsent(
        element,
        key -> {
          Map<String, String> last = new HashMap<>();
          for (Declaration declaration : styles.effective(key)) {
            last.put(declaration.name(), declaration.value());
          }
          return last;
        });
  }

  /** Whether an element, or one around it, is never shown. */
  boolean isHidden(Element element) {
    for (Element up = element; up != null; up = up.parent()) {
      Map<String, String> style = style(up);
      if ("none".equalsIgnoreCase(style.get("display"))
          || "hidden".equalsIgnoreCase(style.get("visibility"))
          || isZero(style.get("opacity"))
          || "all".equalsIgnoreCase(style.get("mso-hide"))
          || "hidden".equalsIgnoreCase(style.get("overflow"))
              && (isZero(style.get("max-height"))
                  || isZero(style.get("height"))
                  || isZero(style.get("max-width")))
          || up.hasAttr("hidden")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isZero(String length) {
    return length != null && length.matches("0(\\.0{1,3})?(px|em|pt|%)?");
  }

  /** An attribute's value as far as the author has written it; marks stand for tags. */
  static String attribute(Element element, String name) {
    return element.attr(name).strip();
  }

  /** Whether a value begins with a tag, so that nothing is known about it. */
  static boolean beginsWithTag(String value) {
    return !value.isEmpty() && value.charAt(0) == Marks.BEGIN;
  }
}
