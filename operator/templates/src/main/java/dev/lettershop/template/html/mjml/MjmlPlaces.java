package dev.lettershop.template.html.mjml;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.template.html.css.Marks;
import dev.lettershop.template.html.inline.MarkedSource;

/**
 * Finds what stands in the HTML in the MJML that it was made of: MJML passes text, addresses and
 * rules through, so that the same words stand in both, in the same order.
 */
public final class MjmlPlaces {
  private final MarkedSource source;
  private final String html;

  /**
   * @param html with marks, as it was laid out
   */
  public MjmlPlaces(MarkedSource source, String html) {
    this.source = source;
    this.html = html;
  }

  /** The place in the source, or null when it cannot be told. */
  public Position of(int offset, String snippet) {
    if (snippet.isBlank() || snippet.indexOf(Marks.BEGIN) >= 0) {
      return null;
    }
    int wanted = 0;
    for (int i = html.indexOf(snippet); i >= 0 && i < offset; i = html.indexOf(snippet, i + 1)) {
      wanted++;
    }
    int found = -1;
    int next = source.text().indexOf(snippet);
    for (int i = 0; i <= wanted && next >= 0; i++) {
      found = next;
      next = source.text().indexOf(snippet, next + 1);
    }
    return found < 0 ? null : source.position(found);
  }
}
