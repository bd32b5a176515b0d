package dev.lettershop.template.html.inline;

import dev.lettershop.template.html.css.Selector;
import java.util.List;
import java.util.Locale;

/**
 * Selectors that match what a client puts around a mail or into it, also when they match something
 * in the mail as it is sent: rules with them have to stay (as collected on howtotarget.email).
 */
final class ClientHacks {
  private static final List<String> NAMES =
      List.of(
          "outlook",
          "externalclass",
          "readmsgbody",
          "yshortcuts",
          "messageviewbody",
          "messagewebviewdiv",
          "msgbody",
          "[owa]",
          "data-ogs",
          "x-apple",
          "moz-text-html",
          "gmail",
          "aolmail",
          "yahoo",
          "body.mso",
          ".mso",
          "lang=\"x-",
          "lang=x-",
          ".a3s",
          "u +",
          "u+",
          "webkit-scrollbar",
          "auto-detected",
          ".im",
          ".a6s",
          ".abn",
          "g-img",
          "[style*",
          "[class~=\"x_",
          "[class^=\"x_");

  private ClientHacks() {}

  static boolean isOne(Selector selector) {
    String text = selector.text().toLowerCase(Locale.ROOT);
    return NAMES.stream().anyMatch(name -> contains(text, name));
  }

  /** A name of a class is one only as a whole. */
  private static boolean contains(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean whole = end == text.length() || !Character.isLetter(text.charAt(end));
      if (!name.startsWith(".") || whole) {
        return true;
      }
    }
    return false;
  }
}
