package dev.lettershop.store.rule;

import dev.lettershop.rule.ast.EventWindow;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprParts;
import dev.lettershop.store.schema.ProfileTable;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.SQL;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What is asked of events and lists, as subqueries. */
final class EventTranslation {
  /** Of all truths the greatest: 2 for true, 1 for unknown, 0 for false; NULL over nothing. */
  private static final String ANY =
      "(select case max(coalesce(t::int * 2, 1)) when 2 then true when 1 then null else false end"
          + " from (select {0} as t from {1} where {2} offset 0) as truths)";

  private static final Expr.Now NOW = new Expr.Now(Duration.ZERO);
  private static final Name EVENT = DSL.name("event");

  private final RuleTranslation rules;
  private final ValueTranslation values;
  private final Scope scope;
  private final ProfileTable profile;
  private final Aggregates aggregates;

  /**
   * @param aggregates that take over what is asked of events alone; null for none
   */
  EventTranslation(
      RuleTranslation rules,
      ValueTranslation values,
      Scope scope,
      ProfileTable profile,
      Aggregates aggregates) {
    this.aggregates = aggregates;
    this.rules = rules;
    this.values = values;
    this.scope = scope;
    this.profile = profile;
  }

  static String alias(int slot) {
    return "e" + slot;
  }

  static <T> Field<T> column(int slot, String name, DataType<T> type) {
    return DSL.field(DSL.name(alias(slot), name), type);
  }

  Condition exists(Expr.AnyEvent any) {
    return DSL.exists(one(any.events(), asked(any)));
  }

  private Condition asked(Expr.AnyEvent any) {
    return kept(any.events()).and(among(any.events(), () -> rules.isTrue(any.predicate())));
  }

  /** For every event, filter or predicate is false. */
  Condition existsNot(Expr.AnyEvent any) {
    Expr filter = any.events().filter();
    Condition denied =
        among(
            any.events(),
            () ->
                filter == null
                    ? rules.isFalse(any.predicate())
                    : rules.isFalse(filter).or(rules.isFalse(any.predicate())));
    return DSL.notExists(one(any.events(), SqlTerm.isNotTrue(denied)));
  }

  /**
   * Whether a figure is worked out for all profiles at once: it asks of nothing but its events, and
   * is not asked of each element of a list, where events are counted from another slot on.
   */
  private boolean isAggregated(Expr figure) {
    return aggregates != null
        && scope.isOutside()
        && ExprParts.events(figure).slot() == Aggregates.SLOT
        && isOfEventsAlone(figure);
  }

  Field<Boolean> truth(Expr.AnyEvent any) {
    if (isAggregated(any)) {
      return aggregates.column(any).coerce(SQLDataType.BOOLEAN);
    }
    Expr filter = any.events().filter();
    Field<Boolean> both =
        among(
            any.events(),
            () ->
                filter == null
                    ? rules.truth(any.predicate())
                    : DSL.field(
                        "({0} and {1})",
                        SQLDataType.BOOLEAN, rules.truth(filter), rules.truth(any.predicate())));
    // PostgreSQL takes an aggregate for the outer query's when its argument is; hence two levels.
    return DSL.field(
        ANY, SQLDataType.BOOLEAN, both, aliased(EVENT, any.events().slot()), belongs(any.events()));
  }

  /** Whether the count can never be unknown. */
  static boolean isSureToCount(Expr.EventCount count) {
    return count.events().filter() == null || Certainty.isCertain(count.events().filter());
  }

  Condition some(Expr.Events events) {
    return DSL.exists(one(events, kept(events)));
  }

  Condition none(Expr.Events events) {
    return DSL.notExists(one(events, kept(events)));
  }

  private Condition kept(Expr.Events events) {
    return events.filter() == null
        ? DSL.noCondition()
        : among(events, () -> rules.isTrue(events.filter()));
  }

  Condition exists(Expr.AnyElement any) {
    return DSL.exists(
        DSL.selectOne().from(elements(any)).where(scope.here()).and(rules.isTrue(any.predicate())));
  }

  Condition existsNot(Expr.AnyElement any) {
    return values
        .of(any.list())
        .isNotNull()
        .and(
            DSL.notExists(
                DSL.selectOne()
                    .from(elements(any))
                    .where(scope.here())
                    .and(SqlTerm.isNotTrue(rules.isFalse(any.predicate())))));
  }

  Field<Boolean> truth(Expr.AnyElement any) {
    Field<Boolean> inside =
        DSL.field(
            ANY,
            SQLDataType.BOOLEAN,
            rules.truth(any.predicate()),
            DSL.sql("{0} as {1}({2})", unnested(any), DSL.name(alias(any.slot())), DSL.name("v")),
            scope.here());
    return DSL.field(
        "case when {0} is not null then {1} end",
        SQLDataType.BOOLEAN, values.of(any.list()), inside);
  }

  private Table<?> elements(Expr.AnyElement any) {
    return DSL.table(unnested(any)).as(DSL.name(alias(any.slot())), DSL.name("v"));
  }

  private SQL unnested(Expr.AnyElement any) {
    String function =
        any.list() instanceof Expr.Property ? "jsonb_array_elements_text({0})" : "unnest({0})";
    return DSL.sql(function, values.of(any.list()));
  }

  /** For templates, in which jOOQ would write an aliased table as its alias alone. */
  private static SQL aliased(Name table, int slot) {
    return DSL.sql("{0} as {1}", table, DSL.name(alias(slot)));
  }

  <T> T among(Expr.Events events, Supplier<T> translation) {
    return scope.among(events.slot(), translation);
  }

  private Select<?> one(Expr.Events events, Condition condition) {
    return DSL.selectOne().from(table(events)).where(belongs(events)).and(condition);
  }

  private static Table<Record> table(Expr.Events events) {
    return DSL.table(EVENT).as(alias(events.slot()));
  }

  private Condition belongs(Expr.Events events) {
    return ofProfile(events.slot()).and(named(events));
  }

  private Condition ofProfile(int slot) {
    return column(slot, "profile_id", SQLDataType.BIGINT).eq(scope.profile());
  }

  /** By name and time, whosever they are. */
  private Condition named(Expr.Events events) {
    Condition condition =
        column(events.slot(), "name", SQLDataType.CLOB).eq(DSL.val(events.name()));
    Field<OffsetDateTime> at =
        column(events.slot(), "occurred_at", SQLDataType.TIMESTAMPWITHTIMEZONE);
    EventWindow window = events.window();
    if (window.from() != null) {
      Field<OffsetDateTime> from = moment(window.from());
      condition = condition.and(window.includesFrom() ? at.ge(from) : at.gt(from));
    }
    if (window.past()) {
      condition = condition.and(at.lt(moment(NOW)));
    }
    return window.to() == null ? condition : condition.and(at.lt(moment(window.to())));
  }

  @SuppressWarnings("unchecked")
  private Field<OffsetDateTime> moment(Expr end) {
    return (Field<OffsetDateTime>) values.of(end);
  }

  /** For {@link Expr.EventCount} and {@link Expr.EventFigure}, of one profile at a time. */
  Field<?> figure(Expr expr) {
    if (isAggregated(expr)) {
      return aggregates.column(expr);
    }
    Rows rows = among(eventsOf(expr), () -> rows(expr));
    Table<?> table =
        DSL.table(
                "(select {0} as kept, {1} as v, {2} as at from {3} where {4} offset 0)",
                rows.kept(),
                rows.value(),
                rows.at(),
                aliased(EVENT, eventsOf(expr).slot()),
                ofProfile(eventsOf(expr).slot()).and(rows.where()))
            .as(DSL.name("figures"));
    return DSL.field(DSL.select(FigureSql.of(expr, rows.open(), "")).from(table));
  }

  /** The same for all profiles at once: those for whose figure {@code condition} holds. */
  Condition grouped(Expr expr, Function<Field<?>, Condition> condition) {
    Rows rows = among(eventsOf(expr), () -> rows(expr));
    int slot = eventsOf(expr).slot();
    Table<?> table =
        DSL.table(
                "(select {0} as profile_id, {1} as kept, {2} as v, {3} as at from {4} where {5})",
                column(slot, "profile_id", SQLDataType.BIGINT),
                rows.kept(),
                rows.value(),
                rows.at(),
                aliased(EVENT, slot),
                rows.where())
            .as(DSL.name("figures"));
    Field<Long> owner = DSL.field(DSL.name("figures", "profile_id"), SQLDataType.BIGINT);
    return profile
        .key()
        .in(
            DSL.select(owner)
                .from(table)
                .groupBy(owner)
                .having(condition.apply(FigureSql.of(expr, rows.open(), ""))));
  }

  /**
   * Whoever has events of each kind.
   *
   * @param sets {@link Expr.AnyEvent}, or comparisons of a {@link Expr.EventCount} that ask for one
   */
  Condition all(List<Expr> sets) {
    Select<Record1<Long>> common = null;
    for (Expr set : sets) {
      Expr asked = set instanceof Expr.Compare compare ? compare.left() : set;
      Expr.Events events = ExprParts.events(asked);
      Condition counts = asked instanceof Expr.AnyEvent any ? asked(any) : kept(events);
      Select<Record1<Long>> owners =
          DSL.select(column(events.slot(), "profile_id", SQLDataType.BIGINT))
              .from(table(events))
              .where(named(events))
              .and(counts);
      common = common == null ? owners : common.intersect(owners);
    }
    return profile.key().in(common);
  }

  /** Whether a figure looks at nothing but the events that it is about. */
  static boolean isSetBased(Expr expr) {
    if (!(expr instanceof Expr.EventCount || expr instanceof Expr.EventFigure)) {
      return false;
    }
    return isOfEventsAlone(expr);
  }

  /** The same for any question about events. */
  static boolean isOfEventsAlone(Expr expr) {
    int slot = ExprParts.events(expr).slot();
    boolean[] alone = {true};
    for (Expr part : ExprParts.of(expr)) {
      ExprParts.visit(part, inner -> alone[0] &= isOfEvent(inner, slot));
    }
    return alone[0];
  }

  private static boolean isOfEvent(Expr expr, int slot) {
    if (expr instanceof Expr.Property property) {
      return property.slot() == slot;
    }
    if (expr instanceof Expr.OccurredAt occurred) {
      return occurred.slot() == slot;
    }
    return !(expr instanceof Expr.Attribute
        || expr instanceof Expr.Score
        || expr instanceof Expr.Cluster
        || expr instanceof Expr.Element
        || expr instanceof Expr.AnyEvent
        || expr instanceof Expr.AnyElement
        || expr instanceof Expr.EventCount
        || expr instanceof Expr.EventFigure);
  }

  /**
   * What a figure is made of.
   *
   * @param open the filter may be unknown, so it is not part of {@code where}
   */
  record Rows(Field<Boolean> kept, Field<?> value, Field<?> at, Condition where, boolean open) {}

  /** What an aggregate over the events of all names is made of: all that is asked is in kept. */
  Rows rowsAmongAll(Expr expr) {
    if (expr instanceof Expr.AnyEvent any) {
      Condition where = named(any.events());
      Expr filter = any.events().filter();
      Field<Boolean> kept =
          among(
              any.events(),
              () ->
                  filter == null
                      ? DSL.field(
                          "({0} and {1})", SQLDataType.BOOLEAN, where, rules.truth(any.predicate()))
                      : DSL.field(
                          "({0} and {1} and {2})",
                          SQLDataType.BOOLEAN,
                          where,
                          rules.truth(filter),
                          rules.truth(any.predicate())));
      return new Rows(kept, DSL.inline(true), DSL.inline(true), where, true);
    }
    Rows rows = among(eventsOf(expr), () -> rows(expr));
    Field<Boolean> kept =
        DSL.field("({0} and {1})", SQLDataType.BOOLEAN, rows.where(), rows.kept());
    return new Rows(kept, rows.value(), rows.at(), rows.where(), rows.open());
  }

  private Rows rows(Expr expr) {
    Expr.Events events = eventsOf(expr);
    Expr filter = events.filter();
    boolean open = filter != null && !Certainty.isCertain(filter);
    Condition where = named(events);
    if (filter != null && !open) {
      where = where.and(rules.isTrue(filter));
    }
    Field<Boolean> kept = open ? rules.truth(filter) : DSL.inline(true);
    Field<?> value =
        expr instanceof Expr.EventFigure figure ? values.of(figure.value()) : DSL.inline(true);
    Field<?> at =
        FigureSql.isLast(expr)
            ? column(events.slot(), "occurred_at", SQLDataType.TIMESTAMPWITHTIMEZONE)
            : DSL.inline(true);
    return new Rows(kept, value, at, where, open);
  }

  private static Expr.Events eventsOf(Expr figure) {
    return figure instanceof Expr.EventCount count
        ? count.events()
        : ((Expr.EventFigure) figure).events();
  }
}
