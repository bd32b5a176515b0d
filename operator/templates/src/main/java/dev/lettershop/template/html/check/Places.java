package dev.lettershop.template.html.check;

import dev.lettershop.diagnostic.Position;

/** Says where in the author's source something stands. */
@FunctionalInterface
public interface Places {

  /**
   * @param offset in the HTML that is checked
   * @param snippet what stands there and was written by the author, such as an attribute's value;
   *     may be empty
   * @return null when it cannot be told
   */
  Position of(int offset, String snippet);
}
