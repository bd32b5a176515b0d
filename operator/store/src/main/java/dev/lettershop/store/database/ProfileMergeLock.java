package dev.lettershop.store.database;

/**
 * Keeps the merging of profiles and the deciding of audiences apart, for the rest of a transaction.
 * Audiences may be decided at the same time.
 */
public final class ProfileMergeLock {
  private static final String NAME = "(hashtextextended('lettershop/merge', 0))";

  /** For whoever merges. */
  public static final String EXCLUSIVE = "select pg_advisory_xact_lock" + NAME;

  /** For whoever writes rows that name profiles. */
  public static final String SHARED = "select pg_advisory_xact_lock_shared" + NAME;

  private ProfileMergeLock() {}
}
