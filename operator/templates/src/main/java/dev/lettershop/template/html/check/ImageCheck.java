package dev.lettershop.template.html.check;

import dev.lettershop.template.html.css.Marks;
import org.jsoup.nodes.Element;

/** Images: what stands for them when they are not loaded, and how large they are. */
final class ImageCheck implements MailCheck {
  private static final int ENOUGH_TEXT = 60;

  @Override
  public void check(CheckedMail mail, FindingCollector found) {
    Element firstShown = null;
    for (Element image : mail.document().named("img")) {
      String src = CheckedMail.attribute(image, "src");
      boolean pixel = image.attr("width").equals("1") || image.attr("height").equals("1");
      if (!image.hasAttr("alt")) {
        found.warning(
            "image-alt",
            mail.offset(image),
            src,
            "an image has no alternative text, which is all that many people get of it",
            "add alt=\"…\" that says what it shows, or alt=\"\" if it only decorates");
      }
      if (!pixel && !hasWidth(image, mail)) {
        found.hint(
            "image-size",
            mail.offset(image),
            src,
            "an image has no width: Outlook shows it as large as its file is",
            "add width=\"…\" in pixels");
      }
      if (!pixel && firstShown == null && !mail.isHidden(image)) {
        firstShown = image;
      }
    }
    if (firstShown != null && !mail.isFragment() && textLength(mail) < ENOUGH_TEXT) {
      found.hint(
          "image-only",
          mail.offset(firstShown),
          CheckedMail.attribute(firstShown, "src"),
          "the mail is all image: who blocks images sees nothing, and filters take it for spam",
          "say in text what the image says");
    }
  }

  private static boolean hasWidth(Element image, CheckedMail mail) {
    if (!image.attr("width").isBlank()) {
      return true;
    }
    String style = mail.style(image).get("width");
    return style != null && !style.equals("auto") || Marks.in(image.attr("style"));
  }

  private static int textLength(CheckedMail mail) {
    Element body = mail.document().document().body();
    String text = body.text();
    // A tag will be a word or more.
    return text.length()
        + 20 * (int) mail.document().html().chars().filter(c -> c == Marks.BEGIN).count();
  }
}
