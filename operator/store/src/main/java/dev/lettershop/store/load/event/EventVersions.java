package dev.lettershop.store.load.event;

import dev.lettershop.store.load.profile.StagedIdentity;
import dev.lettershop.store.trigger.TriggerEntries;
import org.jooq.DSLContext;

/**
 * The same id of the same person and the same kind of event is the same event, whatever its time
 * and properties: of several versions the one that was read last counts, and takes the place of the
 * others, in whatever month they are.
 *
 * <p>Events without an id of the sender's need none of this: theirs is made of all that they say.
 */
final class EventVersions {

  /** Where no later row of the load is another version of {@code s}. */
  static final String LATEST =
      """
      not exists (
        select from load_stage l
        where l.again and l.ident = s.ident and l.name = s.name and l.id = s.id and l.seq > s.seq)
      """;

  private final DSLContext db;
  private final StagedIdentity staged;
  private final boolean given;

  /**
   * @param given whether any row of the load has an id of the sender's
   */
  EventVersions(DSLContext db, StagedIdentity staged, boolean given) {
    this.db = db;
    this.staged = staged;
    this.given = given;
  }

  /**
   * Removes other versions of events that are about to be stored in months of which nobody has an
   * event yet; says how many.
   *
   * @param which rows of {@code load_stage s}
   */
  long removeOthersOf(String which) {
    boolean possible =
        given && db.fetchSingle("select exists (select from event)").get(0, Boolean.class);
    return possible
        ? db.execute(
            """
            delete from event e using load_stage s, identity i
            where i.kind = ? and i.value = s.ident and %s and %s
              and e.profile_id = i.profile_id and e.name = s.name and e.id = s.id
            """
                .formatted(which, LATEST),
            staged.kind())
        : 0;
  }

  /**
   * Notes in {@code load_event} what is not stored as it was read, and removes other versions of
   * it; says how many.
   *
   * @param which rows of {@code load_stage s}
   */
  long stageUnknown(String which) {
    db.execute(
        """
        create temp table load_event on commit drop as
        select s.seq, i.profile_id, s.name, s.occurred_at, s.id, s.properties
        from load_stage s join identity i on i.kind = ? and i.value = s.ident
        where %s and %s and not exists (
          select from event e
          where e.profile_id = i.profile_id and e.name = s.name
            and e.occurred_at = s.occurred_at and e.id = s.id
            and e.properties is not distinct from s.properties)
        """
            .formatted(which, LATEST),
        staged.kind());
    db.execute("analyze load_event");
    return given
        ? db.execute(
            """
            delete from event e using load_event n
            where e.profile_id = n.profile_id and e.name = n.name and e.id = n.id
            """)
        : 0;
  }

  /** Stores what was noted, and enters people whom that triggers something for. */
  TriggerEntries.Stored insertUnknown() {
    return TriggerEntries.insert(
        db,
        """
        insert into event (profile_id, name, occurred_at, id, properties)
        select distinct on (profile_id, name, id) profile_id, name, occurred_at, id, properties
        from load_event order by profile_id, name, id, seq desc
        """);
  }
}
