package dev.lettershop.store.segment;

import dev.lettershop.encoding.Sha256;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.rule.RuleSql;
import dev.lettershop.store.trigger.TriggerEntries;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QueryPart;
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
  // members are older than the segment's last refresh. When there are too many candidates, nothing
  // is done and no row comes back.
  private static final String SOME =
      """
      with candidate as materialized ({6}),
      few as materialized (
        select n from (select count(*) as n from candidate) as counted
        where n <= {7} and not {8}),
      now_in as materialized (
        select p.id from profile p
        where p.id = any(array(select profile_id from candidate where exists (select from few)))
          and ({0})),
      was_in as materialized (
        select m.profile_id from membership m
        where m.segment_id = {1}
          and m.profile_id = any(
            array(select profile_id from candidate where exists (select from few)))),
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
        returning profile_id),
      """
          + TriggerEntries.OF_SEGMENT
          + """
      past as (
        insert into membership_history (segment_id, profile_id, entered_at, left_at)
        select {1}, profile_id, entered_at, {2} from gone
        on conflict do nothing)
      update segment set size = %s,
        entered = (select count(*) from come), "left" = (select count(*) from gone),
        refreshed_at = {2}, rule = {3}, snapshot = {4}::pg_snapshot, incremental = %s,
        seconds = extract(epoch from clock_timestamp() - {5})
      where id = {1} and %s
      returning size, entered, "left", clock_timestamp(), %s,
        (select array_agg(distinct trigger_id) from entered)
      """;

  private static final String ALL_AT_ONCE =
      ALL + RECORD.formatted("(select count(*) from now_in)", "false", "true", "null::bigint");

  private static final String ONLY_SOME =
      SOME
          + RECORD.formatted(
              "size + (select count(*) from come) - (select count(*) from gone)",
              "true",
              "exists (select from few)",
              "(select n from few)");

  /** Of so many profiles all can be looked at as fast. */
  private static final double MOST = 0.1;

  private static final long FEW = 1000;

  private final DSLContext db;
  private final Rule rule;
  private final RuleSql sql;
  private final Segments.Scope scope;
  private List<Integer> triggered = List.of();

  SegmentRefresh(
      DSLContext db, Rule rule, ProfileSchema schema, Vault vault, Segments.Scope scope) {
    this.db = db;
    this.rule = rule;
    this.sql = new RuleSql(schema, vault);
    this.scope = scope;
  }

  /** Triggers for which somebody has entered; known after {@link #run}. */
  List<Integer> triggered() {
    return triggered;
  }

  Refreshed run(String namespace, String name, OffsetDateTime at) {
    // What is looked up by key is mostly in memory, or on disks without heads.
    db.execute(
        """
        select pg_advisory_xact_lock(hashtextextended(?, 0)), set_config('jit', 'off', true),
          set_config('work_mem', '128MB', true), set_config('random_page_cost', '1.1', true)
        """,
        "lettershop/segment/" + namespace + "/" + name);
    // After waiting for the lock: the transaction's own time may lie before the last refresh.
    LastRefresh last = LastRefresh.read(db, namespace, name);
    OffsetDateTime start = last.asked();
    OffsetDateTime now = at == null ? start : at;
    // Inline: as a bind value it would be text, which PostgreSQL would read anew for each row.
    Field<OffsetDateTime> moment = DSL.inline(now, SQLDataType.TIMESTAMPWITHTIMEZONE(6));
    String allBecause = reasonForAll(last, now);
    Record figures = null;
    if (allBecause == null) {
      Candidates candidates = new Candidates(rule, sql, last);
      figures =
          db.fetchOne(
              ONLY_SOME,
              parts(
                  last,
                  moment,
                  sql.conditionOfFew(rule, moment),
                  candidates.query(moment),
                  DSL.inline(Math.max(FEW, (long) (MOST * last.profiles()))),
                  candidates.areUncounted()));
      allBecause = figures == null ? "the answers of very many can have changed" : null;
    }
    if (figures == null) {
      figures = db.fetchSingle(ALL_AT_ONCE, parts(last, moment, sql.condition(rule, moment)));
    }
    Integer[] entered = figures.get(5, Integer[].class);
    triggered = entered == null ? List.of() : List.of(entered);
    return new Refreshed(
        figures.get(0, Long.class),
        figures.get(1, Long.class),
        figures.get(2, Long.class),
        now.toInstant(),
        Duration.between(start, figures.get(3, OffsetDateTime.class)),
        figures.get(4, Long.class),
        allBecause,
        EventsOfAllTime.of(db, rule));
  }

  private QueryPart[] parts(
      LastRefresh last, Field<OffsetDateTime> moment, Condition condition, QueryPart... more) {
    List<QueryPart> parts =
        new ArrayList<>(
            List.of(
                condition,
                DSL.inline(last.id()),
                moment,
                DSL.val(fingerprint(rule)),
                DSL.inline(last.present()),
                DSL.inline(last.asked(), SQLDataType.TIMESTAMPWITHTIMEZONE(6))));
    parts.addAll(List.of(more));
    return parts.toArray(QueryPart[]::new);
  }

  /** Why all profiles have to be looked at; null when only some. */
  private String reasonForAll(LastRefresh last, OffsetDateTime now) {
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
    return obstacle == null
        ? null
        : "it cannot be told whose answers change with the time: " + obstacle;
  }

  /** The same for rules that mean the same; tells nothing of the values in it. */
  private static String fingerprint(Rule rule) {
    return Sha256.hex(rule.expr().toString());
  }
}
