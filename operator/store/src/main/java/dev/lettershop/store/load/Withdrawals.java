package dev.lettershop.store.load;

import org.jooq.DSLContext;

/** Consents that somebody takes back other than through a source. */
public final class Withdrawals {
  private Withdrawals() {}

  /**
   * Ends the consent of one profile to one topic, from now on.
   *
   * @param db within the caller's transaction
   * @param source what it was expressed by, e.g. {@code complaint}
   */
  public static void record(DSLContext db, long profileId, String topic, String source) {
    db.execute(
        """
        insert into consent (profile_id, topic, occurred_at, status, source)
        values (?, ?, now(), 'Withdrawn', ?) on conflict do nothing
        """,
        profileId,
        topic,
        source);
    ConsentStates.rebuild(db, "select " + profileId);
  }
}
