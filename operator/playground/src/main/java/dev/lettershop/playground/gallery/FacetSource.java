package dev.lettershop.playground.gallery;

import java.util.Map;

/** Knows what a reader may filter mails by. */
@FunctionalInterface
public interface FacetSource {

  /**
   * @param to the recipient's address, or empty
   * @param subject decoded, or empty
   * @param text the text part, or empty
   * @return such as {@code City} to {@code New York}, in the order they are shown; never null
   */
  Map<String, String> of(String to, String subject, String text);
}
