package dev.lettershop.store.segment;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.rule.RuleSql;
import java.time.OffsetDateTime;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Records the members of segments. Thread-safe. */
public final class Segments {

  // One statement, so that all of it sees the same profiles. Who stays is not touched.
  private static final String REFRESH =
      """
      with now_in as materialized (select p.id from profile p where {0}),
      gone as (
        delete from membership m
        where m.segment_id = {1} and not exists (select from now_in n where n.id = m.profile_id)
        returning 1),
      come as (
        insert into membership (segment_id, profile_id, entered_at)
        select {1}, n.id, {2} from now_in n
        where not exists (
          select from membership m where m.segment_id = {1} and m.profile_id = n.id)
        returning 1)
      update segment set size = (select count(*) from now_in),
        entered = (select count(*) from come), "left" = (select count(*) from gone),
        refreshed_at = {2}
      where id = {1}
      returning size, entered, "left"
      """;

  private final Database database;

  public Segments(Database database) {
    this.database = database;
  }

  /**
   * Records who is a member now. When several processes refresh a segment at once, they take turns.
   *
   * @param schema the one that the rule was compiled against
   */
  public Refreshed refresh(String namespace, String name, Rule rule, ProfileSchema schema) {
    return database.transact(
        "refresh the segment " + namespace + "/" + name,
        db -> {
          db.execute(
              "select pg_advisory_xact_lock(hashtextextended(?, 0))",
              "lettershop/segment/" + namespace + "/" + name);
          db.execute("set local jit = off");
          db.execute("set local work_mem = '128MB'");
          // After waiting for the lock: the transaction's own time may lie before the last refresh.
          OffsetDateTime now =
              db.fetchSingle("select clock_timestamp()").get(0, OffsetDateTime.class);
          Field<OffsetDateTime> moment = DSL.val(now, SQLDataType.TIMESTAMPWITHTIMEZONE(6));
          Condition member = new RuleSql(schema).condition(rule, moment);
          Record figures =
              db.fetchSingle(REFRESH, member, DSL.val(number(db, namespace, name)), moment);
          return new Refreshed(
              figures.get(0, Long.class),
              figures.get(1, Long.class),
              figures.get(2, Long.class),
              now.toInstant());
        });
  }

  private static int number(DSLContext db, String namespace, String name) {
    db.execute(
        "insert into segment (namespace, name) values (?, ?) on conflict do nothing",
        namespace,
        name);
    return db.fetchSingle(
            "select id from segment where namespace = ? and name = ?", namespace, name)
        .get(0, Integer.class);
  }
}
