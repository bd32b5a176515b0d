package dev.lettershop.store.consent;

import dev.lettershop.store.encryption.Vault;
import java.util.Map;
import org.jooq.DSLContext;

/** What people say about consents other than through a source, one statement at a time. */
public final class ConsentStatements {
  private ConsentStatements() {}

  /**
   * Records what somebody says about one topic. It counts at once, for runs under way too, and a
   * refusal for every profile with the same address; also after a statement that claims to come
   * from a later time: a clock that is ahead must not outrank a person.
   *
   * @param db within the caller's transaction, which has not written the profile before
   * @param source what it was said by, e.g. {@code preferences}
   * @param evidence how it is known; may hold personal data; empty for none
   * @return whether there is such a profile; when there is not, nothing is recorded
   */
  public static boolean record(
      DSLContext db,
      Vault vault,
      long profileId,
      String topic,
      ConsentStatus status,
      String source,
      Map<String, Object> evidence) {
    if (!db.fetchSingle("select keep_profile(?)", profileId).get(0, Boolean.class)) {
      return false;
    }
    db.execute(
        """
        insert into consent (profile_id, topic, occurred_at, status, source, evidence)
        select ?, ?, greatest(clock_timestamp(), max(occurred_at) + interval '1 microsecond'),
          ?, ?, ?::jsonb
        from consent where profile_id = ? and topic = ?
        """,
        profileId,
        topic,
        status.name(),
        source,
        ConsentEvidence.stored(vault, evidence),
        profileId,
        topic);
    ConsentStates.rebuild(db, "select " + profileId);
    return true;
  }
}
