package dev.lettershop.store.load;

/**
 * One sync of a source of profiles: one transaction. Memory does not grow with the rows. Not
 * thread-safe; closing without {@link #commit()} changes nothing.
 */
public final class ProfileLoad implements AutoCloseable {

  ProfileLoad() {}

  /** Takes one row; what PostgreSQL cannot hold goes to quarantine. */
  public void add(LoadedProfile profile) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sets a row aside.
   *
   * @param position where it stands in the source, e.g. {@code customers.csv:17}
   * @param field the column or attribute at fault, or null
   * @param reason what is wrong, without personal data
   * @param raw the row as it was read; may hold personal data; null when there is nothing to keep
   */
  public void quarantine(String position, String field, String reason, String raw) {
    throw new UnsupportedOperationException();
  }

  /** Rows added and quarantined so far. */
  public long read() {
    throw new UnsupportedOperationException();
  }

  /** Rows quarantined so far. */
  public long quarantined() {
    throw new UnsupportedOperationException();
  }

  /** Merges what was added, and makes it visible at once. */
  public LoadCounts commit() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
