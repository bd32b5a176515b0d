package dev.lettershop.source.map;

import java.util.Map;

/**
 * Makes a row of what a record says. Not thread-safe.
 *
 * @param <R> the row that the store loads
 */
public sealed interface RecordMapper<R>
    permits ProfileMapper, EventMapper, ConsentMapper, SuppressionMapper, ProductMapper {
  /**
   * @param position where the record stands, such as {@code customers.csv:17}
   * @param fields the record, by column
   */
  Mapped<R> map(String position, Map<String, Object> fields);

  /** Columns that nothing declares, and in how many records so far they had a value. */
  Map<String, Long> unknownColumns();

  /** Values that rows went without. */
  DroppedValues dropped();
}
