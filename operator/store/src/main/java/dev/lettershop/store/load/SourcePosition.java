package dev.lettershop.store.load;

import java.util.Objects;

/**
 * Up to where a source has been read.
 *
 * @param origin what the position belongs to; of another query, topic or file it says nothing
 * @param position in the words of whoever reads the source; it may hold personal data, such as a
 *     key of a row, and must not be shown
 * @param version 0 for one that is not stored yet; the store counts it up
 */
public record SourcePosition(String origin, String position, long version) {
  public SourcePosition {
    Objects.requireNonNull(origin);
    Objects.requireNonNull(position);
  }

  /** Without the position: that may be personal. */
  @Override
  public String toString() {
    return "SourcePosition[version=" + version + "]";
  }
}
