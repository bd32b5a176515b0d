package dev.lettershop.store.consent;

import dev.lettershop.store.database.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** What counts of what people have said about being mailed. Thread-safe. */
public final class Consents {
  private final Database database;

  public Consents(Database database) {
    this.database = database;
  }

  /**
   * What counts of a profile's consents, and of those of others with its address: one for each
   * topic of which anybody has said something, by topic.
   */
  public List<TopicConsent> of(long profileId) {
    return database.once("read consents", db -> read(db, profileId));
  }

  /** The same within the caller's transaction. */
  public static List<TopicConsent> read(DSLContext db, long profileId) {
    return db.fetch(
            """
                    with mine as (
                      select topic, status, occurred_at from consent_state where profile_id = {0}),
                    refused as (
                      select distinct on (o.topic) o.topic, o.profile_id, o.occurred_at
                      from opt_out o join profile p on p.email_key = o.email_key
                      where p.id = {0} and o.profile_id <> {0}
                      order by o.topic, o.occurred_at desc, o.profile_id)
                    select topic, m.status, m.occurred_at, r.profile_id, r.occurred_at
                    from mine m full join refused r using (topic) order by topic
                    """,
            DSL.val(profileId))
        .map(Consents::topic);
  }

  private static TopicConsent topic(Record row) {
    return new TopicConsent(
        row.get(0, String.class),
        row.get(1) == null ? null : ConsentStatus.valueOf(row.get(1, String.class)),
        moment(row.get(2, OffsetDateTime.class)),
        row.get(3, Long.class),
        moment(row.get(4, OffsetDateTime.class)));
  }

  private static Instant moment(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
