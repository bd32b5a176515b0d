package dev.lettershop.store.rule;

import dev.lettershop.rule.ast.EventWindow;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprParts;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Figures of events of all profiles, worked out in one pass: one row for each profile that has
 * events, with a column for each figure. Collects the figures while expressions are translated.
 */
final class Aggregates {
  /** That of the events which the pass goes through. */
  static final int SLOT = 0;

  private final String alias;
  private final List<Expr> figures = new ArrayList<>();

  /**
   * @param alias of the table of figures
   */
  Aggregates(String alias) {
    this.alias = alias;
  }

  /** Null beside a profile that has no events. */
  private Field<Long> owner() {
    return DSL.field(DSL.name(alias, "profile_id"), SQLDataType.BIGINT);
  }

  /** The value of a figure beside each profile, also beside those without events. */
  Field<?> column(Expr figure) {
    int index = figures.indexOf(figure);
    if (index < 0) {
      index = figures.size();
      figures.add(figure);
    }
    Field<?> column = DSL.field(DSL.name(alias, "a" + index), FigureSql.type(figure));
    String overNone = overNone(figure);
    return overNone == null
        ? column
        : DSL.field(
            "case when {0} is null then " + overNone + " else {1} end",
            FigureSql.type(figure),
            owner(),
            column);
  }

  /** What a figure over no events is; null for unknown. */
  private static String overNone(Expr figure) {
    if (figure instanceof Expr.AnyEvent) {
      return "false";
    }
    boolean adds =
        figure instanceof Expr.EventCount
            || figure instanceof Expr.EventFigure total && total.figure() == Expr.Figure.Sum;
    return adds ? "0" : null;
  }

  boolean isEmpty() {
    return figures.isEmpty();
  }

  /** Links a profile with its row. */
  Condition of(Field<Long> profile) {
    return owner().eq(profile);
  }

  /**
   * The figures, by profile.
   *
   * @param events translates what is asked of each event; not the one that collected the figures
   * @param now bounds what is read
   */
  Table<Record> table(EventTranslation events, Instant now) {
    List<QueryPart> parts = new ArrayList<>();
    StringBuilder inner = new StringBuilder("select {0} as profile_id");
    StringBuilder outer = new StringBuilder("select profile_id");
    parts.add(EventTranslation.column(SLOT, "profile_id", SQLDataType.BIGINT));
    for (int i = 0; i < figures.size(); i++) {
      EventTranslation.Rows rows = events.rowsAmongAll(figures.get(i));
      inner.append(", ").append(part(parts, rows.kept())).append(" as kept").append(i);
      inner.append(", ").append(part(parts, rows.value())).append(" as v").append(i);
      inner.append(", ").append(part(parts, rows.at())).append(" as at").append(i);
      Field<?> figure = FigureSql.of(figures.get(i), rows.open(), Integer.toString(i));
      outer.append(", ").append(part(parts, figure)).append(" as a").append(i);
    }
    String scanned = part(parts, scanned(now));
    return DSL.table(
            "("
                + outer
                + " from ("
                + inner
                + " from event as "
                + EventTranslation.alias(SLOT)
                + " where "
                + scanned
                + ") as figures group by profile_id)",
            parts.toArray(QueryPart[]::new))
        .as(DSL.name(alias));
  }

  private static String part(List<QueryPart> parts, QueryPart part) {
    parts.add(part);
    return "{" + (parts.size() - 1) + "}";
  }

  /** Events of the names that are asked for, each in the widest window. */
  private Condition scanned(Instant now) {
    Map<String, Instant> since = new TreeMap<>();
    for (Expr figure : figures) {
      Expr.Events events = ExprParts.events(figure);
      since.merge(events.name(), from(events.window(), now), (a, b) -> a.isBefore(b) ? a : b);
    }
    Field<OffsetDateTime> at =
        EventTranslation.column(SLOT, "occurred_at", SQLDataType.TIMESTAMPWITHTIMEZONE);
    Field<String> name = EventTranslation.column(SLOT, "name", SQLDataType.CLOB);
    List<Condition> names = new ArrayList<>();
    since.forEach(
        (event, from) -> {
          Condition one = name.eq(DSL.val(event));
          names.add(from.equals(Instant.MIN) ? one : one.and(at.ge(moment(from))));
        });
    return DSL.or(names);
  }

  private static Instant from(EventWindow window, Instant now) {
    if (window.from() instanceof Expr.Now end) {
      return now.plus(end.offset());
    }
    return window.from() instanceof Expr.Literal end ? (Instant) end.value() : Instant.MIN;
  }

  @SuppressWarnings("unchecked")
  private static Field<OffsetDateTime> moment(Instant moment) {
    return (Field<OffsetDateTime>) ValueTranslation.constant(moment);
  }
}
