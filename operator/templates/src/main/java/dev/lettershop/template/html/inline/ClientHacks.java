package dev.lettershop.template.html.inline;

import dev.lettershop.template.html.css.Selector;
import java.util.List;
import java.util.Locale;

/**
 * Selectors that match nothing in a mail as it is sent, but something that a client puts around or
 * into it: rules with them have to stay (as collected on howtotarget.email).
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
          "webkit-scrollbar");

  private ClientHacks() {}

  static boolean isOne(Selector selector) {
    String text = selector.text().toLowerCase(Locale.ROOT);
    return NAMES.stream().anyMatch(text::contains);
  }
}
