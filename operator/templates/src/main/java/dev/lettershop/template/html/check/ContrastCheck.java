package dev.lettershop.template.html.check;

import dev.lettershop.template.html.css.Marks;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * Text that is hard to read on its background (WCAG 2.2, success criterion 1.4.3). Says nothing
 * where the colours are not known: over images, gradients, and what a tag decides.
 */
final class ContrastCheck implements MailCheck {
  private static final double TEXT = 4.5;
  private static final double LARGE_TEXT = 3;
  private static final Colour LINK = new Colour(0, 0, 238);
  private static final Pattern PIXELS = Pattern.compile("([\\d.]+)px");

  @Override
  public void check(CheckedMail mail, FindingCollector found) {
    for (Element element : mail.document().elements()) {
      String text = ownText(element);
      if (!text.isEmpty() && !mail.isHidden(element) && size(element, mail) > 2) {
        check(element, text, mail, found);
      }
    }
  }

  private static void check(
      Element element, String text, CheckedMail mail, FindingCollector found) {
    Optional<Colour> front = front(element, mail);
    Optional<Colour> back = back(element, mail);
    if (front.isEmpty() || back.isEmpty()) {
      return;
    }
    double contrast = front.get().contrastTo(back.get());
    double wanted = isLarge(element, mail) ? LARGE_TEXT : TEXT;
    if (contrast >= wanted) {
      return;
    }
    String message =
        String.format(
            Locale.ROOT,
            "text in %s on %s is hard to read: contrast %s, and %s needs %s",
            front.get(),
            back.get(),
            shown(contrast, wanted),
            wanted == TEXT ? "text" : "large text",
            wanted == TEXT ? "4.5" : "3");
    String fix = "take a darker or lighter colour for one of them";
    if (contrast < Math.min(wanted, 2.5)) {
      found.warning("contrast", mail.offset(element), text, message, fix);
    } else {
      found.hint("contrast", mail.offset(element), text, message, fix);
    }
  }

  /** Never the figure that would do. */
  private static String shown(double contrast, double wanted) {
    String rounded = String.format(Locale.ROOT, "%.1f", contrast);
    return Double.parseDouble(rounded) < wanted
        ? rounded
        : String.format(Locale.ROOT, "%.2f", Math.floor(contrast * 100) / 100);
  }

  private static String ownText(Element element) {
    for (TextNode node : element.textNodes()) {
      String text = node.getWholeText().replace('\u00A0', ' ').strip();
      boolean visible = text.chars().anyMatch(c -> Character.isLetterOrDigit(c) && c < Marks.BEGIN);
      if (visible) {
        int line = text.indexOf('\n');
        return line < 0 ? text : text.substring(0, line).strip();
      }
    }
    return "";
  }

  /** Empty when it is not known. */
  private static Optional<Colour> front(Element element, CheckedMail mail) {
    for (Element up = element; up != null; up = up.parent()) {
      Map<String, String> style = mail.style(up);
      if (style.containsKey("opacity") && !style.get("opacity").equals("1")) {
        return Optional.empty();
      }
      String colour = style.get("color");
      if (colour == null && up.hasAttr("color")) {
        colour = up.attr("color");
      }
      if (colour != null && !colour.equalsIgnoreCase("inherit")) {
        return Optional.ofNullable(Colour.parse(colour));
      }
      if (colour == null && up.normalName().equals("a") && up.hasAttr("href")) {
        return Optional.of(LINK);
      }
      if (Marks.in(up.attr("style"))) {
        return Optional.empty();
      }
    }
    return Optional.of(Colour.BLACK);
  }

  private static Optional<Colour> back(Element element, CheckedMail mail) {
    for (Element up = element; up != null; up = up.parent()) {
      Map<String, String> style = mail.style(up);
      if (style.containsKey("background-image")
          || up.hasAttr("background")
          || Marks.in(up.attr("style"))) {
        return Optional.empty();
      }
      String colour = style.getOrDefault("background-color", style.get("background"));
      if (colour == null && up.hasAttr("bgcolor")) {
        colour = up.attr("bgcolor");
      }
      boolean none =
          colour == null
              || colour.equalsIgnoreCase("transparent")
              || colour.equalsIgnoreCase("none")
              || colour.equalsIgnoreCase("inherit");
      if (!none) {
        return Optional.ofNullable(Colour.parse(colour));
      }
    }
    return Optional.of(Colour.WHITE);
  }

  private static boolean isLarge(Element element, CheckedMail mail) {
    double size = size(element, mail);
    return size >= 24 || size >= 18.66 && isBold(element, mail);
  }

  private static boolean isBold(Element element, CheckedMail mail) {
    for (Element up = element; up != null; up = up.parent()) {
      String weight = mail.style(up).get("font-weight");
      if (weight != null) {
        return weight.matches("bold|bolder|[6-9]00");
      }
      if (up.normalName().matches("b|strong|th|h[1-6]")) {
        return true;
      }
    }
    return false;
  }

  /** In pixels; 16 where it is not known. */
  private static double size(Element element, CheckedMail mail) {
    for (Element up = element; up != null; up = up.parent()) {
      String size = mail.style(up).get("font-size");
      if (size != null) {
        Matcher pixels = PIXELS.matcher(size.toLowerCase(Locale.ROOT));
        return pixels.matches() ? Double.parseDouble(pixels.group(1)) : size.equals("0") ? 0 : 16;
      }
      switch (up.normalName()) {
        case "h1" -> {
          return 32;
        }
        case "h2" -> {
          return 24;
        }
        default -> {}
      }
    }
    return 16;
  }
}
