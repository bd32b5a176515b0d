package dev.lettershop.store.rule;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprVisitor;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.ast.ValueType;
import dev.lettershop.store.schema.ProfileTable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Values as SQL: String text, Boolean boolean, Integer bigint, Double double precision (never NaN),
 * Timestamp timestamptz, Duration bigint microseconds, StringList text[] or a JSON array; NULL for
 * unknown.
 */
final class ValueTranslation {
  static final Field<Double> NAN = DSL.val(Double.NaN);
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

  private final RuleTranslation rules;
  private final Scope scope;
  private final ProfileTable profile;
  private final Field<OffsetDateTime> now;
  private final CalendarTranslation calendar;
  private final ExprVisitor<Field<?>> translator = new Translator();

  ValueTranslation(
      RuleTranslation rules, Scope scope, ProfileTable profile, Field<OffsetDateTime> now) {
    this.rules = rules;
    this.scope = scope;
    this.profile = profile;
    this.now = now;
    this.calendar = new CalendarTranslation(this, scope, now);
  }

  Field<?> of(Expr expr) {
    return translator.visit(expr);
  }

  /** The bare column of a Double attribute; for all else the same as {@link #of}. */
  Field<?> withNaN(Expr expr) {
    return expr instanceof Expr.Attribute attribute ? profile.field(attribute.name()) : of(expr);
  }

  private Field<?> attribute(Expr.Attribute attribute) {
    Field<?> column = profile.field(attribute.name());
    return attribute.type() == ValueType.Double
        ? DSL.nullif(column.coerce(SQLDataType.DOUBLE), NAN)
        : column;
  }

  private Field<?> choice(Expr.Choice choice) {
    Field<Object> then = SqlTerm.any(of(choice.then()));
    Field<Object> otherwise = SqlTerm.any(of(choice.otherwise()));
    return DSL.choose(rules.truth(choice.condition()))
        .when(DSL.inline(true), then)
        .when(DSL.inline(false), otherwise);
  }

  private Field<?> changed(Expr.TextChange change) {
    Field<?> text = of(change.text());
    return switch (change.edit()) {
      case LowerAscii -> text("translate({0}, {1}, {2})", text, UPPER, LOWER);
      case UpperAscii -> text("translate({0}, {1}, {2})", text, LOWER, UPPER);
      case Trim -> text("btrim({0}, {1})", text, Limits.WHITE_SPACE);
    };
  }

  private <T> Field<T> output(String column, DataType<T> type, String model) {
    return DSL.field(
        "(select {0} from model_output as m where m.profile_id = {1} and m.model = {2})",
        type, DSL.field(DSL.name("m", column)), scope.profile(), DSL.val(model));
  }

  CalendarTranslation calendar() {
    return calendar;
  }

  static Field<?> constant(Object value) {
    if (value instanceof Instant moment) {
      // As a bind value it would be text, which PostgreSQL would read anew for each row.
      return DSL.inline(
          OffsetDateTime.ofInstant(moment, ZoneOffset.UTC), SQLDataType.TIMESTAMPWITHTIMEZONE);
    }
    if (value instanceof Duration duration) {
      return DSL.val(duration.getSeconds() * 1_000_000 + duration.getNano() / 1000);
    }
    return DSL.val(value);
  }

  private static Field<String> text(String template, Field<?> text, String... arguments) {
    Field<?>[] all = new Field<?>[arguments.length + 1];
    all[0] = text;
    for (int i = 0; i < arguments.length; i++) {
      all[i + 1] = DSL.val(arguments[i]);
    }
    return DSL.field(template, SQLDataType.CLOB, all);
  }

  Condition test(Expr.TextTest test) {
    Field<?> text = of(test.text());
    Field<?> part = of(test.argument());
    return switch (test.question()) {
      case Contains -> DSL.condition("strpos({0}, {1}) > 0", text, part);
      case StartsWith -> DSL.condition("starts_with({0}, {1})", text, part);
      case EndsWith -> DSL.condition("starts_with(reverse({0}), reverse({1}))", text, part);
    };
  }

  Condition includes(Expr.Includes includes) {
    Field<?> list = of(includes.list());
    Field<?> element = of(includes.element());
    if (includes.list() instanceof Expr.Property) {
      return DSL.condition("jsonb_exists({0}, {1})", list, element);
    }
    if (includes.element() instanceof Expr.Literal) {
      return DSL.condition("{0} @> array[{1}]::text[]", list, element);
    }
    // NULL = any of an empty array is false, not NULL.
    return SqlTerm.condition(
        scope.once(
            element,
            list,
            (text, texts) ->
                DSL.field(
                    "case when {0} is not null then {0} = any({1}) end",
                    SQLDataType.BOOLEAN, text, texts)));
  }

  private Field<?> length(Expr expr) {
    Field<?> value = of(expr);
    String template =
        expr.type() == ValueType.String
            ? "length({0})::bigint"
            : expr instanceof Expr.Property
                ? "jsonb_array_length({0})::bigint"
                : "cardinality({0})::bigint";
    return DSL.field(template, SQLDataType.BIGINT, value);
  }

  private Field<?> converted(Expr.Convert convert) {
    Field<?> value = of(convert.value());
    return switch (convert.type()) {
      case Double -> value.cast(SQLDataType.DOUBLE);
      case String -> value.cast(SQLDataType.CLOB);
      case Integer ->
          convert.value().type() == ValueType.Double
              ? scope.once(value, ValueTranslation::truncated)
              : scope.once(value, ValueTranslation::parsed);
      default -> throw new IllegalStateException("nothing converts to " + convert.type());
    };
  }

  private static Field<Long> truncated(Field<Object> number) {
    return DSL.field(
        "case when {0} > {1} and {0} < {2} then trunc({0})::bigint end",
        SQLDataType.BIGINT, number, DSL.val(-0x1p63), DSL.val(0x1p63));
  }

  private static Field<Long> parsed(Field<Object> text) {
    return DSL.field(
        "case when {0} ~ {1} then {0}::bigint end",
        SQLDataType.BIGINT, text, DSL.val("^-?[0-9]{1,18}$"));
  }

  private static Field<OffsetDateTime> shifted(Field<Object> moment, Duration by) {
    Instant first = by.isNegative() ? Limits.FIRST_INSTANT.minus(by) : Limits.FIRST_INSTANT;
    Instant last = by.isNegative() ? Limits.LAST_INSTANT : Limits.LAST_INSTANT.minus(by);
    return DSL.field(
        "case when {0} between {1} and {2} then {0} + {3} end",
        SQLDataType.TIMESTAMPWITHTIMEZONE,
        moment,
        constant(first),
        constant(last),
        SqlTerm.interval(by));
  }

  private static Field<Long> duration(Field<Object> later, Field<Object> earlier) {
    return DSL.field(
        "case when {0} between {2} and {3} and {1} between {2} and {3}"
            + " then ((extract(epoch from {0}) - extract(epoch from {1})) * 1000000)::bigint end",
        SQLDataType.BIGINT,
        later,
        earlier,
        constant(Limits.FIRST_INSTANT),
        constant(Limits.LAST_INSTANT));
  }

  private final class Translator implements ExprVisitor<Field<?>> {
    @Override
    public Field<?> literal(Expr.Literal node) {
      return constant(node.value());
    }

    @Override
    public Field<?> attribute(Expr.Attribute node) {
      return ValueTranslation.this.attribute(node);
    }

    @Override
    public Field<?> property(Expr.Property node) {
      return EventProperties.of(node);
    }

    @Override
    public Field<?> occurredAt(Expr.OccurredAt node) {
      return EventTranslation.column(node.slot(), "occurred_at", SQLDataType.TIMESTAMPWITHTIMEZONE);
    }

    @Override
    public Field<?> element(Expr.Element node) {
      return DSL.field(DSL.name(EventTranslation.alias(node.slot()), "v"), SQLDataType.CLOB);
    }

    @Override
    public Field<?> now(Expr.Now node) {
      return SqlTerm.shifted(now, node.offset());
    }

    @Override
    public Field<?> has(Expr.Has node) {
      return rules.truth(node);
    }

    @Override
    public Field<?> and(Expr.And node) {
      return rules.truth(node);
    }

    @Override
    public Field<?> or(Expr.Or node) {
      return rules.truth(node);
    }

    @Override
    public Field<?> not(Expr.Not node) {
      return rules.truth(node);
    }

    @Override
    public Field<?> choice(Expr.Choice node) {
      return ValueTranslation.this.choice(node);
    }

    @Override
    public Field<?> compare(Expr.Compare node) {
      return rules.truth(node);
    }

    @Override
    public Field<?> oneOf(Expr.OneOf node) {
      return rules.truth(node);
    }

    @Override
    public Field<?> includes(Expr.Includes node) {
      return rules.truth(node);
    }

    @Override
    public Field<?> textTest(Expr.TextTest node) {
      return rules.truth(node);
    }

    @Override
    public Field<?> matches(Expr.Matches node) {
      return rules.truth(node);
    }

    @Override
    public Field<?> textChange(Expr.TextChange node) {
      return changed(node);
    }

    @Override
    public Field<?> size(Expr.Size node) {
      return length(node.of());
    }

    @Override
    public Field<?> arithmetic(Expr.Arithmetic node) {
      return ArithmeticTranslation.of(scope, node, of(node.left()), of(node.right()));
    }

    @Override
    public Field<?> convert(Expr.Convert node) {
      return converted(node);
    }

    @Override
    public Field<?> shift(Expr.Shift node) {
      return scope.once(of(node.timestamp()), moment -> shifted(moment, node.by()));
    }

    @Override
    public Field<?> between(Expr.Between node) {
      return scope.once(of(node.later()), of(node.earlier()), ValueTranslation::duration);
    }

    @Override
    public Field<?> anyEvent(Expr.AnyEvent node) {
      return rules.truth(node);
    }

    @Override
    public Field<?> anyElement(Expr.AnyElement node) {
      return rules.truth(node);
    }

    @Override
    public Field<?> eventCount(Expr.EventCount node) {
      return rules.events().figure(node);
    }

    @Override
    public Field<?> eventFigure(Expr.EventFigure node) {
      return rules.events().figure(node);
    }

    @Override
    public Field<?> calendarPart(Expr.CalendarPart node) {
      return calendar.part(node);
    }

    @Override
    public Field<?> anniversary(Expr.Anniversary node) {
      return rules.truth(node);
    }

    @Override
    public Field<?> score(Expr.Score node) {
      return DSL.nullif(output("score", SQLDataType.DOUBLE, node.model()), NAN);
    }

    @Override
    public Field<?> cluster(Expr.Cluster node) {
      return output("cluster", SQLDataType.CLOB, node.model());
    }

    @Override
    public Field<?> inSegment(Expr.InSegment node) {
      return rules.truth(node);
    }
  }
}
