package dev.lettershop.store.hit;

import java.util.List;
import java.util.Optional;

/**
 * Where a link leads.
 *
 * @param number of the link in its run
 * @param template name of the EmailTemplate that it stands in
 * @param address in pieces, each of which may stand in an address as it is: between two of them
 *     goes a value; the first one holds scheme and host, and is followed by a path, query or
 *     fragment when there are others
 */
public record LinkTarget(int number, String template, List<String> address) {
  public LinkTarget {
    address = List.copyOf(address);
  }

  /**
   * The whole address; empty when there are too few values, or too many.
   *
   * @param values such as may stand in an address as they are
   */
  public Optional<String> with(List<String> values) {
    if (values.size() != address.size() - 1) {
      return Optional.empty();
    }
    StringBuilder whole = new StringBuilder(address.get(0));
    for (int i = 0; i < values.size(); i++) {
      whole.append(values.get(i)).append(address.get(i + 1));
    }
    return Optional.of(whole.toString());
  }
}
