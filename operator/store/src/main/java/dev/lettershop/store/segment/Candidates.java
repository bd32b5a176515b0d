package dev.lettershop.store.segment;

import dev.lettershop.rule.Rule;
import dev.lettershop.store.rule.RuleSql;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Those whose answer can have changed since the last refresh: something happened to them, or the
 * time has passed one of their moments.
 */
final class Candidates {

  // Transactions that the last refresh has not seen; no older ones are looked at.
  private static final String UNSEEN =
      """
      c.xid >= pg_snapshot_xmin({0}::pg_snapshot)
      and not pg_visible_in_snapshot(c.xid, {0}::pg_snapshot)
      and {1}
      """;

  private final DSLContext db;
  private final Rule rule;
  private final RuleSql sql;
  private final LastRefresh last;

  Candidates(DSLContext db, Rule rule, RuleSql sql, LastRefresh last) {
    this.db = db;
    this.rule = rule;
    this.sql = sql;
    this.last = last;
  }

  /** Whether so many have changed that it was not noted who. */
  boolean areUncounted() {
    return db.fetchSingle(
            "select exists (select from change c where c.profile_id is null and " + UNSEEN + ")",
            snapshot(),
            concerned())
        .get(0, Boolean.class);
  }

  /** Puts them into the temporary table {@code candidate} and counts them. */
  long collect(Field<OffsetDateTime> now) {
    Param<OffsetDateTime> before = DSL.val(last.at(), SQLDataType.TIMESTAMPWITHTIMEZONE(6));
    List<QueryPart> parts = new ArrayList<>(List.of(snapshot(), concerned()));
    StringBuilder query =
        new StringBuilder(
            "create temp table candidate on commit drop as"
                + " select c.profile_id from change c where c.profile_id is not null and "
                + UNSEEN);
    sql.drifting(rule, before, now)
        .forEach(
            select -> {
              query.append(" union {").append(parts.size()).append('}');
              parts.add(select);
            });
    if (parts.size() == 2) {
      query.append(" group by 1");
    }
    return db.execute(query.toString(), parts.toArray(QueryPart[]::new));
  }

  private Field<String> snapshot() {
    return DSL.inline(last.snapshot());
  }

  /** Whether a change is of something that the rule reads. */
  private Condition concerned() {
    Field<String> event = DSL.field(DSL.name("c", "event"), SQLDataType.CLOB);
    Field<String> part = DSL.field(DSL.name("c", "part"), SQLDataType.CLOB);
    List<String> parts = new ArrayList<>();
    if (!rule.attributes().isEmpty()) {
      parts.add("attributes");
    }
    if (!rule.models().isEmpty()) {
      parts.add("models");
    }
    return event.isNull().and(part.isNull().or(part.in(parts))).or(event.in(rule.eventNames()));
  }
}
