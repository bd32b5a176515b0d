package dev.lettershop.template.html.inline;

import dev.lettershop.template.html.css.Declaration;
import dev.lettershop.template.html.css.Marks;
import java.util.List;
import org.jsoup.nodes.Element;

/** Lets images shrink with the screen where their author has said nothing about that. */
final class ScalingImages {
  /** Width of the narrowest phones, in CSS pixels: what is smaller fits anyway. */
  private static final int PHONE = 320;

  private ScalingImages() {}

  static void scale(MailDocument mail, Cascade cascade) {
    for (Element image : mail.named("img")) {
      ElementStyle style = cascade.styles().get(image);
      if (style != null && !style.declares("max-width") && isWide(image, style)) {
        style.fallBackTo(new Declaration("max-width", "100%", false, 0, 0));
        if (!style.declares("height")) {
          style.fallBackTo(new Declaration("height", "auto", false, 0, 0));
        }
      }
    }
  }

  private static boolean isWide(Element image, ElementStyle style) {
    if (Marks.in(image.attr("style"))) {
      return false;
    }
    Integer width = pixels(styleWidth(style));
    if (width == null) {
      width = pixels(image.attr("width"));
    }
    return width != null && width > PHONE;
  }

  private static String styleWidth(ElementStyle style) {
    List<Declaration> all = style.effective();
    String width = "";
    for (Declaration declaration : all) {
      if (declaration.name().equals("width")) {
        width = declaration.value();
      }
    }
    return width;
  }

  /** Null for anything but a number of pixels. */
  private static Integer pixels(String length) {
    String number = length.strip().replaceFirst("(?i)px$", "");
    return number.matches("\\d{1,6}") ? Integer.valueOf(number) : null;
  }
}
