package dev.lettershop.store.segment;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.rule.RuleSql;
import dev.lettershop.store.trigger.TriggerBell;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Records the members of segments. Thread-safe. */
public final class Segments {
  private final Database database;

  public Segments(Database database) {
    this.database = database;
  }

  /** Whom a refresh looks at. */
  public enum Scope {
    /** Those whose answer can have changed, or all where that cannot be told. */
    Changed,
    All
  }

  /** Records who is a member now, looking only at those whose answer can have changed. */
  public Refreshed refresh(String namespace, String name, Rule rule, ProfileSchema schema) {
    return refresh(namespace, name, rule, schema, Scope.Changed);
  }

  /**
   * Records who is a member now. When several processes refresh a segment at once, they take turns.
   *
   * @param schema the one that the rule was compiled against
   */
  public Refreshed refresh(
      String namespace, String name, Rule rule, ProfileSchema schema, Scope scope) {
    Refreshed refreshed = refresh(namespace, name, rule, schema, scope, null);
    database.once("forget changes that segments have followed", Segments::forgetChanges);
    return refreshed;
  }

  /**
   * @param at the moment for which the rule is answered; null for now, by the database's clock
   */
  Refreshed refresh(
      String namespace,
      String name,
      Rule rule,
      ProfileSchema schema,
      Scope scope,
      OffsetDateTime at) {
    String doing = "refresh the segment " + namespace + "/" + name;
    // Beforehand and for all to see: from now on changes are kept for this segment.
    database.once(
        doing,
        db ->
            db.execute(
                """
                insert into segment (namespace, name, snapshot) values (?, ?, pg_current_snapshot())
                on conflict (namespace, name) do update set snapshot = excluded.snapshot
                where segment.snapshot is null
                """,
                namespace,
                name));
    record Done(Refreshed refreshed, List<Integer> triggered) {}
    Done done =
        database.transact(
            doing,
            db -> {
              SegmentRefresh refresh =
                  new SegmentRefresh(db, rule, schema, database.vault(), scope);
              return new Done(refresh.run(namespace, name, at), refresh.triggered());
            });
    TriggerBell.ring(database, done.triggered());
    return done.refreshed();
  }

  /**
   * Drops changes that every segment has seen, and no longer waits for segments out of use. Once an
   * hour will do, or it would take longer than many a refresh.
   */
  private static int forgetChanges(DSLContext db) {
    boolean due =
        db.fetchSingle(
                """
                select coalesce((select noted_at from change order by xid limit 1)
                  < now() - interval '1 hour', false)
                """)
            .get(0, Boolean.class);
    if (!due) {
      return 0;
    }
    db.execute(
        """
        update segment set snapshot = null, rule = null
        where snapshot is not null and coalesce(refreshed_at, now()) < now() - interval '7 days'
        """);
    return db.execute(
        """
        delete from change where xid < (
          select coalesce(min(pg_snapshot_xmin(snapshot)), pg_snapshot_xmin(pg_current_snapshot()))
          from segment where snapshot is not null)
        """);
  }

  /**
   * How many would enter and leave if a rule were a segment's. Changes nothing.
   *
   * @param schema the one that the rule was compiled against
   */
  public SegmentDifference difference(
      String namespace, String name, Rule rule, ProfileSchema schema) {
    return database.transact(
        "compare the segment " + namespace + "/" + name,
        db -> SegmentDifference.between(db, namespace, name, rule, schema, database.vault()));
  }

  /** How many people a rule holds of now. Changes nothing. */
  public long count(Rule rule, ProfileSchema schema) {
    return database.transact(
        "count the people of a rule",
        db ->
            db.fetchSingle("select count(*) from profile p where {0}", holds(db, rule, schema))
                .get(0, Long.class));
  }

  /** How many profiles there are now, exactly. */
  public long profiles() {
    return database.once(
        "count the profiles",
        db -> db.fetchSingle("select count(*) from profile").get(0, Long.class));
  }

  /**
   * Numbers of some people of whom a rule holds now, drawn evenly; the same ones while it holds of
   * the same. Changes nothing.
   *
   * @param most how many, at least 1
   */
  public List<Long> sample(Rule rule, ProfileSchema schema, int most) {
    return database.transact(
        "draw people of a rule",
        db ->
            db.fetch(
                    "select p.id from profile p where {0} order by hashint8(p.id), p.id limit {1}",
                    holds(db, rule, schema), DSL.val(most))
                .map(row -> row.get(0, Long.class)));
  }

  private Condition holds(DSLContext db, Rule rule, ProfileSchema schema) {
    db.execute("set transaction read only");
    db.execute("set local jit = off");
    OffsetDateTime now = db.fetchSingle("select now()").get(0, OffsetDateTime.class);
    Field<OffsetDateTime> moment = DSL.inline(now, SQLDataType.TIMESTAMPWITHTIMEZONE(6));
    return new RuleSql(schema, database.vault()).condition(rule, moment);
  }

  /** How the database would answer a rule. Changes nothing. */
  public SegmentExplanation explain(Rule rule, ProfileSchema schema) {
    return database.transact(
        "explain a rule", db -> new SegmentExplainer(db, rule, schema, database.vault()).explain());
  }

  /**
   * Members who have entered a segment and not left it, in the order in which they came; those who
   * entered in one refresh came at the same moment, and follow each other by number.
   *
   * @param moment of the last entry that is known, and {@code profile} its number: entries behind
   *     it are returned. With {@link Long#MAX_VALUE} those after the moment, with 0 those at it too
   * @param limit the most to return; the caller asks again with the last one's moment and number
   */
  public List<Entry> enteredAfter(
      String namespace, String name, Instant moment, long profile, int limit) {
    return database.once(
        "read who entered the segment " + namespace + "/" + name,
        db ->
            db.fetch(
                    """
                    select m.profile_id, m.entered_at from membership m
                    join segment s on s.id = m.segment_id
                    where s.namespace = ? and s.name = ?
                      and (m.entered_at, m.profile_id) > (?::timestamptz, ?)
                    order by m.entered_at, m.profile_id limit ?
                    """,
                    namespace,
                    name,
                    moment.atOffset(ZoneOffset.UTC),
                    profile,
                    limit)
                .map(
                    r ->
                        new Entry(
                            r.get(0, Long.class), moment(r.get(1, OffsetDateTime.class)), null)));
  }

  /** When a profile has been a member of a segment, the first time first. */
  public List<Entry> history(String namespace, String name, long profile) {
    return database.once(
        "read the memberships of a profile",
        db ->
            db.fetch(
                    """
                    select h.profile_id, h.entered_at, h.left_at from membership_history h
                    join segment s on s.id = h.segment_id
                    where s.namespace = {0} and s.name = {1} and h.profile_id = {2}
                    union all
                    select m.profile_id, m.entered_at, null from membership m
                    join segment s on s.id = m.segment_id
                    where s.namespace = {0} and s.name = {1} and m.profile_id = {2}
                    order by 2
                    """,
                    DSL.val(namespace), DSL.val(name), DSL.val(profile))
                .map(
                    r ->
                        new Entry(
                            r.get(0, Long.class),
                            moment(r.get(1, OffsetDateTime.class)),
                            moment(r.get(2, OffsetDateTime.class)))));
  }

  private static Instant moment(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /**
   * One time of being a member.
   *
   * @param left null while it lasts
   */
  public record Entry(long profile, Instant entered, Instant left) {}
}
