package dev.lettershop.store.load.profile;

import org.jooq.DSLContext;

/**
 * Who somebody is now whom a mail, and so its links and bounces, knows by an earlier number: the
 * profile may have been merged into another one since.
 */
public final class MergedProfiles {
  private MergedProfiles() {}

  /**
   * Notes the merges in {@code load_merge}, so that one look is enough however often somebody was
   * merged.
   *
   * @param base profiles with this number or a higher one are the load's own: nobody has seen them
   */
  static void note(DSLContext db, long base) {
    db.execute(
        """
        update merged_profile e set survivor = m.survivor from load_merge m
        where e.survivor = m.loser
        """);
    db.execute(
        """
        insert into merged_profile (loser, survivor)
        select loser, survivor from load_merge where loser < ?
        """,
        base);
  }

  /**
   * The number of the profile now; the same for one that was not merged, also when there is no such
   * profile.
   */
  public static long present(DSLContext db, long profileId) {
    return db.fetchSingle(
            "select coalesce((select survivor from merged_profile where loser = ?), ?)",
            profileId,
            profileId)
        .get(0, Long.class);
  }
}
