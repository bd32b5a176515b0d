package dev.lettershop.collector.pages;

import java.util.List;

/**
 * What all pages have in common. URLs are absent as null.
 *
 * @param title heading of the page, and its title
 * @param style name of the style sheet
 * @param languages other languages of the page; empty where it cannot be shown again
 */
record Frame(
    String lang,
    String title,
    String sender,
    String style,
    String logo,
    String privacyUrl,
    String imprintUrl,
    String imprint,
    List<Other> languages) {

  /**
   * The page in one language.
   *
   * @param current whether it is the language of the page
   */
  record Other(String tag, String name, String href, boolean current) {}
}
