package dev.lettershop.store.load.profile;

import org.jooq.DSLContext;

/**
 * What a load of profiles numbers its rows by. Taken under the lock of identities.
 *
 * @param origin the source's number
 * @param read number of the load's first row among all rows ever read
 * @param base a new profile has the id {@code base + seq} of its row
 */
record LoadNumbers(int origin, long read, long base) {

  /** More rows than a load can have. */
  private static final long MOST = 1L << 32;

  /**
   * @param precedence of the source, which is what it says now
   * @param rows how many ids to take, one after the other
   */
  static LoadNumbers take(DSLContext db, String source, String kind, int precedence, long rows) {
    int origin =
        db.fetchSingle(
                """
                insert into origin (source, kind, precedence) values (?, ?, ?)
                on conflict (source) do update
                  set kind = excluded.kind, precedence = excluded.precedence
                returning id
                """,
                source,
                kind,
                precedence)
            .get(0, Integer.class);
    long read = db.fetchSingle("select nextval('read_number')").get(0, Long.class) * MOST;
    long base = db.fetchSingle("select nextval('profile_id_seq')").get(0, Long.class);
    db.fetchSingle("select setval('profile_id_seq', ?)", base + Math.max(0, rows - 1));
    return new LoadNumbers(origin, read, base);
  }

  /** The same while nobody knows yet how many rows there will be; ids not used are given back. */
  static LoadNumbers takeMost(DSLContext db, String source, String kind, int precedence) {
    return take(db, source, kind, precedence, MOST);
  }

  /** Gives ids back that were taken by {@link #takeMost}, unless somebody took more since. */
  void giveBack(DSLContext db, long rows) {
    db.fetch(
        "select setval('profile_id_seq', ?) from profile_id_seq where last_value = ?",
        base + Math.max(0, rows - 1),
        base + MOST - 1);
  }

  /**
   * Updates {@code profile p}.
   *
   * @return how many of the profiles that it changed were there before this load
   */
  long known(DSLContext db, String update) {
    return db.fetchSingle(
            "with updated as ("
                + update
                + " returning p.id) select count(*) from updated where id < ?",
            base)
        .get(0, Long.class);
  }
}
