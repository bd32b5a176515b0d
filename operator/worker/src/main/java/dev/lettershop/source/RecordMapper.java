package dev.lettershop.source;

import java.util.Map;

/**
 * Makes a row of what a record says. Not thread-safe.
 *
 * @param <R> the row that the store loads
 */
sealed interface RecordMapper<R> permits ProfileMapper, EventMapper, ConsentMapper {
  /**
   * @param line where the record starts, 1-based
   * @param fields the record, by column
   */
  Mapped<R> map(long line, Map<String, Object> fields);

  /** Columns that nothing declares, and in how many records so far they had a value. */
  Map<String, Long> unknownColumns();
}
