package dev.lettershop.store.rule;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Limits;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Dates and times of day. Clocks are read from the table {@code time_zone}, not by PostgreSQL's own
 * rules: those differ from Java's, and stop the statement at a name that they do not know.
 */
final class CalendarTranslation {
  private static final String OFFSET =
      "(select z.offsets[width_bucket({0}, z.changes) + 1] from time_zone as z where z.name = {1})";

  private final ValueTranslation values;
  private final Scope scope;
  private final Field<OffsetDateTime> now;

  CalendarTranslation(ValueTranslation values, Scope scope, Field<OffsetDateTime> now) {
    this.values = values;
    this.scope = scope;
    this.now = now;
  }

  Field<Long> part(Expr.CalendarPart part) {
    Field<LocalDateTime> shown = shown(values.of(part.timestamp()), part.zone());
    String template =
        switch (part.part()) {
          case FullYear -> "extract(year from {0})::bigint";
          case Month -> "extract(month from {0})::bigint - 1";
          case Date -> "extract(day from {0})::bigint";
          case DayOfMonth -> "extract(day from {0})::bigint - 1";
          case DayOfWeek -> "extract(dow from {0})::bigint";
          case DayOfYear -> "extract(doy from {0})::bigint - 1";
          case Hours -> "extract(hour from {0})::bigint";
          case Minutes -> "extract(minute from {0})::bigint";
          case Seconds -> "floor(extract(second from {0}))::bigint";
          case Milliseconds -> "floor(extract(milliseconds from {0}))::bigint % 1000";
        };
    return DSL.field("(" + template + ")", SQLDataType.BIGINT, shown);
  }

  /** What the clock shows; NULL outside of the calendar's range and without a clock. */
  private Field<LocalDateTime> shown(Field<?> moment, Expr zone) {
    return zone == null
        ? scope.once(moment, at -> local(at, DSL.inline(0)))
        : scope.once(
            moment,
            values.of(zone),
            (at, name) -> local(at, DSL.field(OFFSET, SQLDataType.INTEGER, at, name)));
  }

  private static Field<LocalDateTime> local(Field<Object> at, Field<Integer> offset) {
    return DSL.field(
        "case when {0} between {1} and {2}"
            + " then {0} at time zone 'UTC' + make_interval(secs => {3}) end",
        SQLDataType.LOCALDATETIME,
        at,
        ValueTranslation.constant(Limits.FIRST_DAY),
        ValueTranslation.constant(Limits.LAST_DAY),
        offset);
  }

  /** PostgreSQL adds years as Java does: the 29 February becomes the 28th where there is none. */
  Condition anniversary(Expr.Anniversary anniversary) {
    Field<?> day = shown(values.of(anniversary.timestamp()), null);
    Field<?> today = shown(now, anniversary.zone());
    int days = anniversary.days();
    Field<Boolean> falls =
        scope.once(
            DSL.field("({0})::date", SQLDataType.LOCALDATE, day),
            DSL.field(
                "({0})::date + {1}", SQLDataType.LOCALDATE, today, DSL.val(Math.min(0, days))),
            (born, first) ->
                DSL.field(
                    "case when {0} is not null and {1} is not null then exists ("
                        + "select from generate_series(0, 1) as more,"
                        + " lateral (select extract(year from {1})::int - extract(year from {0})::int"
                        + " + more as years offset 0) as y"
                        + " where years >= 1 and ({0} + make_interval(years => years))::date"
                        + " between {1} and {1} + {2}) end",
                    SQLDataType.BOOLEAN, born, first, DSL.val(Math.abs(days))));
    return SqlTerm.condition(falls);
  }
}
