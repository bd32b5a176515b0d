package dev.lettershop.store.segment;

import dev.lettershop.rule.Rule;
import dev.lettershop.store.rule.RuleSql;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.QueryPart;
import org.jooq.SQL;
import org.jooq.Select;
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

  private final Rule rule;
  private final RuleSql sql;
  private final LastRefresh last;

  Candidates(Rule rule, RuleSql sql, LastRefresh last) {
    this.rule = rule;
    this.sql = sql;
    this.last = last;
  }

  /** Whether so many have changed that it was not noted who. */
  Condition areUncounted() {
    return DSL.condition(
        "exists (select from change c where c.profile_id is null and " + UNSEEN + ")",
        snapshot(),
        concerned());
  }

  /** A query for their numbers, each once. */
  SQL query(Field<OffsetDateTime> now) {
    Param<OffsetDateTime> before = DSL.inline(last.at(), SQLDataType.TIMESTAMPWITHTIMEZONE(6));
    List<QueryPart> parts = new ArrayList<>(List.of(snapshot(), concerned()));
    StringBuilder query =
        new StringBuilder(
            "select c.profile_id from change c where c.profile_id is not null and " + UNSEEN);
    for (Select<?> select : sql.drifting(rule, before, now)) {
      query.append(" union {").append(parts.size()).append('}');
      parts.add(select);
    }
    if (parts.size() == 2) {
      query.append(" group by 1");
    }
    return DSL.sql(query.toString(), parts.toArray(QueryPart[]::new));
  }

  private Field<String> snapshot() {
    return DSL.inline(last.snapshot());
  }

  /** Whether a change is of something that the rule reads. */
  private Condition concerned() {
    Field<String> event = DSL.field(DSL.name("c", "event"), SQLDataType.CLOB);
    Field<String> part = DSL.field(DSL.name("c", "part"), SQLDataType.CLOB);
    Field<String[]> attributes =
        DSL.field(DSL.name("c", "attributes"), SQLDataType.CLOB.getArrayDataType());
    Condition read = part.isNull();
    if (!rule.attributes().isEmpty()) {
      Condition one =
          DSL.condition(
              "{0} && {1}::text[]", attributes, DSL.val(rule.attributes().toArray(String[]::new)));
      read = read.or(part.eq("attributes").and(attributes.isNull().or(one)));
    }
    if (!rule.models().isEmpty()) {
      read = read.or(part.eq("models"));
    }
    return event.isNull().and(read).or(event.in(rule.eventNames()));
  }
}
