package dev.lettershop.store.load;

/**
 * One sync of a source: one transaction, in which rows of one kind are stored. Memory does not grow
 * with the rows. Not thread-safe; closing without {@link #commit()} changes nothing.
 *
 * @param <R> the row
 */
public interface Load<R> extends AutoCloseable {
  /** Takes one row; what PostgreSQL cannot hold, or what names nobody, goes to quarantine. */
  void add(R row);

  /**
   * Sets a row aside.
   *
   * @param position where it stands in the source, e.g. {@code customers.csv:17}
   * @param field the field at fault, or null when it is the row as a whole
   * @param reason what is wrong, without personal data
   * @param raw the row as it was read; may hold personal data; null when there is nothing to keep
   */
  void quarantine(String position, String field, String reason, String raw);

  /** Takes a row out of the quarantine when this load is committed. */
  void release(long quarantined);

  /** Rows set aside so far, by the caller or by the load itself. */
  long quarantined();

  /** Has the position stored when this load is committed, with its rows or not at all. */
  void readUpTo(SourcePosition position);

  /** Merges what was added, and makes it visible at once. */
  LoadCounts commit();

  @Override
  void close();
}
