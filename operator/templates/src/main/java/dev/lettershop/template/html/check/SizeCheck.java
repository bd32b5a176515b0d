package dev.lettershop.template.html.check;

import dev.lettershop.template.html.css.Stylesheet;
import dev.lettershop.template.html.inline.StyleBlock;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Limits of size, and style sheets that clients stop reading. */
final class SizeCheck implements MailCheck {
  /** Gmail shows the first 102 KB of a mail's HTML and a link to the rest. */
  static final int GMAIL_CLIPS_AT = 102 * 1024;

  /** Gmail ignores style sheets beyond 16 KB (caniemail.com, feature html-style). */
  private static final int GMAIL_STYLES = 16 * 1024;

  private static final Pattern STYLE =
      Pattern.compile("<style\\b[^>]*>(.*?)</style", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  @Override
  public void check(CheckedMail mail, FindingCollector found) {
    int size = bytes(mail.result());
    if (size > GMAIL_CLIPS_AT) {
      found.warning(
          "html-size",
          -1,
          "",
          "the HTML has " + kilobytes(size) + " KB after inlining, and Gmail clips it at 102 KB",
          "say less, or give classes to cells instead of styling all of them");
    }
    int styles = 0;
    Matcher style = STYLE.matcher(mail.result());
    while (style.find()) {
      styles += bytes(style.group(1));
    }
    if (styles > GMAIL_STYLES) {
      found.warning(
          "style-size",
          -1,
          "",
          kilobytes(styles) + " KB stay in style sheets, and Gmail ignores them all beyond 16 KB",
          "remove rules and media queries that this mail does not need");
    }
    for (StyleBlock block : mail.styles().blocks()) {
      for (Stylesheet.Fault fault : block.sheet().faults()) {
        found.warning(
            "css-syntax", fault.offset(), snippet(mail, fault), fault.message(), fault.fix());
      }
    }
  }

  private static String snippet(CheckedMail mail, Stylesheet.Fault fault) {
    String html = mail.document().html();
    int end = html.indexOf('\n', fault.offset());
    return html.substring(fault.offset(), end < 0 ? html.length() : end).strip();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int kilobytes(int bytes) {
    return (bytes + 1023) / 1024;
  }
}
