package dev.lettershop.store.segment;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.rule.RuleSql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** One refresh, within a transaction of its own. */
final class SegmentRefresh {

  // One statement, so that all of it sees the same profiles. Who stays is not touched. The full
  // join of what was and what is comes first: a plan that looked for each new member in the table
  // that it is just filling would take time with the square of their number.
  private static final String ALL =
      """
      with now_in as materialized (select p.id from profile p where {0}),
      was_in as materialized (select profile_id from membership where segment_id = {1}),
      """;

  // Nobody but a refresh takes rows away or adds them, so that the size can be counted on. Arrays,
  // here and below, make for one walk along an index whatever statistics say: those of a segment's
  // members are older than the segment's last refresh.
  private static final String SOME =
      """
      with now_in as materialized (
        select p.id from profile p
        where p.id = any(array(select profile_id from candidate)) and ({0})),
      was_in as materialized (
        select m.profile_id from membership m
        where m.segment_id = {1} and m.profile_id = any(array(select profile_id from candidate))),
      """;

  private static final String RECORD =
      """
      moved as materialized (
        select n.id as now_id, w.profile_id as was_id
        from now_in n full join was_in w on w.profile_id = n.id
        where n.id is null or w.profile_id is null),
      gone as (
        delete from membership m
        where m.segment_id = {1}
          and m.profile_id = any(array(select was_id from moved where now_id is null))
        returning m.profile_id, m.entered_at),
      come as (
        insert into membership (segment_id, profile_id, entered_at)
        select {1}, now_id, {2} from moved where was_id is null
        returning 1),
      past as (
        insert into membership_history (segment_id, profile_id, entered_at, left_at)
        select {1}, profile_id, entered_at, {2} from gone
        on conflict do nothing)
      update segment set size = %s,
        entered = (select count(*) from come), "left" = (select count(*) from gone),
        refreshed_at = {2}, rule = {3}, snapshot = {4}::pg_snapshot, incremental = %s,
        seconds = extract(epoch from clock_timestamp() - {5})
      where id = {1}
      returning size, entered, "left"
      """;

  private static final String SIZE_OF_ALL = "(select count(*) from now_in)";
  private static final String SIZE_OF_SOME =
      "size + (select count(*) from come) - (select count(*) from gone)";

  /** Of so many profiles all can be looked at as fast. */
  private static final double MOST = 0.1;

  private static final long FEW = 1000;

  private final DSLContext db;
  private final Rule rule;
  private final RuleSql sql;
  private final Segments.Scope scope;

  SegmentRefresh(
      DSLContext db, Rule rule, ProfileSchema schema, Vault vault, Segments.Scope scope) {
    this.db = db;
    this.rule = rule;
    this.sql = new RuleSql(schema, vault);
    this.scope = scope;
  }

  Refreshed run(String namespace, String name, OffsetDateTime at) {
    db.execute(
        "select pg_advisory_xact_lock(hashtextextended(?, 0))",
        "lettershop/segment/" + namespace + "/" + name);
    db.execute("set local jit = off");
    db.execute("set local work_mem = '128MB'");
    // What is looked up by key is mostly in memory, or on disks without heads.
    db.execute("set local random_page_cost = 1.1");
    // After waiting for the lock: the transaction's own time may lie before the last refresh. The
    // snapshot is no newer than what is read later, so that nothing falls in between.
    Record begin = db.fetchSingle("select clock_timestamp(), pg_current_snapshot()::text");
    OffsetDateTime start = begin.get(0, OffsetDateTime.class);
    OffsetDateTime now = at == null ? start : at;
    Field<OffsetDateTime> moment = DSL.val(now, SQLDataType.TIMESTAMPWITHTIMEZONE(6));
    LastRefresh last = LastRefresh.read(db, namespace, name);
    Candidates candidates = new Candidates(db, rule, sql, last);
    String allBecause = reasonForAll(last, candidates, now);
    Long evaluated = null;
    if (allBecause == null) {
      evaluated = candidates.collect(moment);
      if (evaluated > FEW && evaluated > MOST * profiles()) {
        evaluated = null;
        allBecause = "the answers of very many can have changed";
      }
    }
    boolean some = evaluated != null;
    Record figures =
        db.fetchSingle(
            (some ? SOME : ALL) + RECORD.formatted(some ? SIZE_OF_SOME : SIZE_OF_ALL, some),
            some ? sql.conditionOfFew(rule, moment) : sql.condition(rule, moment),
            DSL.inline(last.id()),
            moment,
            DSL.val(fingerprint(rule)),
            DSL.inline(begin.get(1, String.class)),
            DSL.val(start, SQLDataType.TIMESTAMPWITHTIMEZONE(6)));
    OffsetDateTime end = db.fetchSingle("select clock_timestamp()").get(0, OffsetDateTime.class);
    return new Refreshed(
        figures.get(0, Long.class),
        figures.get(1, Long.class),
        figures.get(2, Long.class),
        now.toInstant(),
        Duration.between(start, end),
        evaluated,
        allBecause,
        EventsOfAllTime.of(db, rule));
  }

  /** Why all profiles have to be looked at; null when only some. */
  private String reasonForAll(LastRefresh last, Candidates candidates, OffsetDateTime now) {
    if (scope == Segments.Scope.All) {
      return "it was asked for";
    }
    if (last.at() == null) {
      return "it is the first refresh";
    }
    if (last.rule() == null || last.snapshot() == null || !last.isOfThisServer()) {
      return "it is not known what has changed since the last refresh";
    }
    if (!fingerprint(rule).equals(last.rule())) {
      return "the rule has changed";
    }
    if (last.at().isAfter(now)) {
      return "the clock has gone back since the last refresh";
    }
    String obstacle = rule.drift().obstacle();
    if (obstacle != null) {
      return "it cannot be told whose answers change with the time: " + obstacle;
    }
    return candidates.areUncounted() ? "very many profiles or events have changed" : null;
  }

  private double profiles() {
    return db.fetchSingle(
            "select greatest(reltuples, 0) from pg_class where oid = 'profile'::regclass")
        .get(0, Double.class);
  }

  /** The same for rules that mean the same; tells nothing of the values in it. */
  private static String fingerprint(Rule rule) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(rule.expr().toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
