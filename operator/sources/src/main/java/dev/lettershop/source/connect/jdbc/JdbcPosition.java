package dev.lettershop.source.connect.jdbc;

import java.util.List;

/**
 * Up to where rows have been read.
 *
 * @param type of the watermark: see {@link Watermark}
 * @param value the highest watermark
 * @param seen digests of the rows with that watermark that have been read; empty when there are too
 *     many to remember, and they are read again
 */
record JdbcPosition(Watermark.Type type, String value, List<String> seen) {
  JdbcPosition {
    seen = seen == null ? List.of() : List.copyOf(seen);
  }

  Watermark watermark() {
    return new Watermark(type, value);
  }
}
