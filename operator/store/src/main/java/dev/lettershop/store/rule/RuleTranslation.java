package dev.lettershop.store.rule;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Expr.Comparison;
import dev.lettershop.rule.ast.ExprParts;
import dev.lettershop.rule.ast.ValueType;
import dev.lettershop.store.schema.ProfileTable;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Boolean expressions as SQL, in three ways. {@link #isTrue} and {@link #isFalse} leave open
 * whether "no" is FALSE or NULL, which makes {@code EXISTS} and bare columns possible; {@link
 * #truth} is exact. Each walks an expression once, so that the SQL is as large as the expression.
 */
final class RuleTranslation {
  private final boolean each;
  private final ValueTranslation values;
  private final EventTranslation events;
  private final EncryptedTranslation encrypted;

  /**
   * @param each whether to look at the events of each profile by itself, which is best for few of
   *     them, rather than at those of all profiles at once
   */
  RuleTranslation(
      ProfileTable profile,
      Field<OffsetDateTime> now,
      EncryptedTranslation encrypted,
      boolean each) {
    this(profile, now, encrypted, each, null);
  }

  /**
   * @param aggregates that take over what is asked of events alone; null for none
   */
  RuleTranslation(
      ProfileTable profile,
      Field<OffsetDateTime> now,
      EncryptedTranslation encrypted,
      boolean each,
      Aggregates aggregates) {
    this.each = each;
    this.encrypted = encrypted;
    Scope scope = new Scope(profile.key());
    this.values = new ValueTranslation(this, scope, profile, now);
    this.events = new EventTranslation(this, values, scope, profile, aggregates);
  }

  ValueTranslation values() {
    return values;
  }

  EventTranslation events() {
    return events;
  }

  /** TRUE where the expression is true; FALSE or NULL elsewhere. */
  Condition isTrue(Expr expr) {
    if (expr instanceof Expr.And and) {
      return all(and.operands());
    }
    if (expr instanceof Expr.Or or) {
      return DSL.or(or.operands().stream().map(this::isTrue).toList());
    }
    if (expr instanceof Expr.Not not) {
      return isFalse(not.operand());
    }
    if (expr instanceof Expr.Compare compare) {
      return compared(compare.comparison(), compare);
    }
    if (expr instanceof Expr.AnyEvent any) {
      return events.exists(any);
    }
    if (expr instanceof Expr.AnyElement any) {
      return events.exists(any);
    }
    if (expr instanceof Expr.InSegment segment) {
      return isTrue(segment.rule());
    }
    return leaf(expr);
  }

  /**
   * Whoever has had several kinds of events in windows of time is found by what the windows hold.
   * One by one, the planner would look the later ones up for each who has had the first, of whom it
   * expects too few.
   */
  private Condition all(List<Expr> operands) {
    List<Expr> sets =
        each ? List.of() : operands.stream().filter(this::asksForEventsOfAWindow).toList();
    if (sets.size() < 2) {
      return DSL.and(operands.stream().map(this::isTrue).toList());
    }
    List<Condition> conditions = new ArrayList<>(List.of(events.all(sets)));
    operands.stream()
        .filter(operand -> !sets.contains(operand))
        .forEach(operand -> conditions.add(isTrue(operand)));
    return DSL.and(conditions);
  }

  private boolean asksForEventsOfAWindow(Expr expr) {
    Expr asked = expr;
    if (expr instanceof Expr.Compare compare) {
      if (!(compare.left() instanceof Expr.EventCount count
          && EventTranslation.isSureToCount(count)
          && Boolean.TRUE.equals(asksForSome(compare.comparison(), compare.right())))) {
        return false;
      }
      asked = count;
    } else if (!(expr instanceof Expr.AnyEvent)) {
      return false;
    }
    return !ExprParts.events(asked).window().isOpen() && EventTranslation.isOfEventsAlone(asked);
  }

  /** TRUE where the expression is false; FALSE or NULL elsewhere. */
  Condition isFalse(Expr expr) {
    if (expr instanceof Expr.And and) {
      return DSL.or(and.operands().stream().map(this::isFalse).toList());
    }
    if (expr instanceof Expr.Or or) {
      return DSL.and(or.operands().stream().map(this::isFalse).toList());
    }
    if (expr instanceof Expr.Not not) {
      return isTrue(not.operand());
    }
    if (expr instanceof Expr.Compare compare) {
      return compared(opposite(compare.comparison()), compare);
    }
    if (expr instanceof Expr.AnyEvent any) {
      return events.existsNot(any);
    }
    if (expr instanceof Expr.AnyElement any) {
      return events.existsNot(any);
    }
    if (expr instanceof Expr.InSegment segment) {
      return isFalse(segment.rule());
    }
    return negated(leaf(expr));
  }

  /** TRUE, FALSE, or NULL for unknown. */
  Field<Boolean> truth(Expr expr) {
    if (expr instanceof Expr.And and) {
      return joined(and.operands(), " and ");
    }
    if (expr instanceof Expr.Or or) {
      return joined(or.operands(), " or ");
    }
    if (expr instanceof Expr.Not not) {
      return DSL.field("(not {0})", SQLDataType.BOOLEAN, truth(not.operand()));
    }
    if (expr instanceof Expr.Compare compare) {
      return SqlTerm.truth(
          plain(
              compare.comparison(),
              compare,
              values.of(compare.left()),
              values.of(compare.right())));
    }
    if (expr instanceof Expr.AnyEvent any) {
      return events.truth(any);
    }
    if (expr instanceof Expr.AnyElement any) {
      return events.truth(any);
    }
    if (expr instanceof Expr.InSegment segment) {
      return truth(segment.rule());
    }
    if (expr instanceof Expr.Choice) {
      return values.of(expr).coerce(SQLDataType.BOOLEAN);
    }
    return SqlTerm.truth(leaf(expr));
  }

  private Field<Boolean> joined(List<Expr> operands, String operator) {
    List<Field<Boolean>> truths = operands.stream().map(this::truth).toList();
    StringBuilder template = new StringBuilder("(");
    for (int i = 0; i < truths.size(); i++) {
      template.append(i == 0 ? "" : operator).append('{').append(i).append('}');
    }
    return DSL.field(
        template.append(')').toString(), SQLDataType.BOOLEAN, truths.toArray(Field<?>[]::new));
  }

  /** What is exact by itself: NULL when unknown. */
  private Condition leaf(Expr expr) {
    if (expr instanceof Expr.Literal literal) {
      return Boolean.TRUE.equals(literal.value()) ? DSL.trueCondition() : DSL.falseCondition();
    }
    if (expr instanceof Expr.Has has) {
      return has(has.reference());
    }
    if (expr instanceof Expr.OneOf oneOf) {
      return oneOf(oneOf);
    }
    if (expr instanceof Expr.Includes includes) {
      return values.includes(includes);
    }
    if (expr instanceof Expr.TextTest test) {
      return values.test(test);
    }
    if (expr instanceof Expr.Anniversary anniversary) {
      return values.calendar().anniversary(anniversary);
    }
    if (expr instanceof Expr.Matches matches) {
      return DSL.condition(
          "{0} collate \"C\" ~ {1}",
          values.of(matches.text()), DSL.val(matches.pattern().portable()));
    }
    return SqlTerm.condition(values.of(expr));
  }

  private Condition has(Expr reference) {
    return values.of(reference).isNotNull();
  }

  private Condition oneOf(Expr.OneOf oneOf) {
    Field<Object> value = SqlTerm.any(values.of(oneOf.value()));
    if (oneOf.options().isEmpty()) {
      return DSL.condition("{0} is null and null", value);
    }
    List<Field<?>> options = new ArrayList<>();
    if (encrypted.isEncrypted(oneOf.value())) {
      options.addAll(encrypted.stored(oneOf.value(), oneOf.options()));
    } else {
      oneOf.options().forEach(option -> options.add(values.of(option)));
    }
    return value.in(options.toArray(Field<?>[]::new));
  }

  private static Condition negated(Condition condition) {
    return DSL.condition("not {0}", condition);
  }

  /**
   * A comparison that holds columns bare. PostgreSQL takes NaN for the largest number of all, rules
   * take it for missing: where it could slip in, it is kept out.
   */
  private Condition compared(Comparison comparison, Expr.Compare compare) {
    Expr left = compare.left();
    Expr right = compare.right();
    if (left instanceof Expr.EventCount count && EventTranslation.isSureToCount(count)) {
      Boolean some = asksForSome(comparison, right);
      if (some != null) {
        return some ? events.some(count.events()) : events.none(count.events());
      }
    }
    if (!each && EventTranslation.isSetBased(left) && needsEvents(comparison, left, right)) {
      return events.grouped(left, figure -> plain(comparison, compare, figure, values.of(right)));
    }
    if (left.type() != ValueType.Double) {
      return plain(comparison, compare, values.of(left), values.of(right));
    }
    boolean constant = right instanceof Expr.Literal;
    boolean nanWouldHold =
        switch (comparison) {
          case Greater, GreaterOrEqual, NotEqual -> true;
          case Equal, Less, LessOrEqual -> false;
        };
    Condition condition = plain(comparison, compare, values.withNaN(left), values.withNaN(right));
    if (left instanceof Expr.Attribute && (!constant || nanWouldHold)) {
      condition = condition.and(isNumber(values.withNaN(left)));
    }
    return right instanceof Expr.Attribute
        ? condition.and(isNumber(values.withNaN(right)))
        : condition;
  }

  /** Whether a comparison of a count asks for at least one, for none, or (null) for neither. */
  private static Boolean asksForSome(Comparison comparison, Expr number) {
    if (!(number instanceof Expr.Literal literal)) {
      return null;
    }
    long bound = (Long) literal.value();
    return switch (comparison) {
      case Greater -> bound == 0 ? Boolean.TRUE : null;
      case GreaterOrEqual -> bound == 1 ? Boolean.TRUE : null;
      case NotEqual -> bound == 0 ? Boolean.TRUE : null;
      case Equal, LessOrEqual -> bound == 0 ? Boolean.FALSE : null;
      case Less -> bound == 1 ? Boolean.FALSE : null;
    };
  }

  /** Whether a comparison of a figure with a constant can only hold where there are events. */
  private static boolean needsEvents(Comparison comparison, Expr figure, Expr constant) {
    if (!(constant instanceof Expr.Literal || constant instanceof Expr.Now)) {
      return false;
    }
    boolean unknownOverNone =
        figure instanceof Expr.EventFigure known && known.figure() != Expr.Figure.Sum;
    if (unknownOverNone) {
      return true;
    }
    double bound = ((Number) ((Expr.Literal) constant).value()).doubleValue();
    return switch (comparison) {
      case Equal -> bound != 0;
      case NotEqual -> bound == 0;
      case Less -> bound <= 0;
      case LessOrEqual -> bound < 0;
      case Greater -> bound >= 0;
      case GreaterOrEqual -> bound > 0;
    };
  }

  private static Condition isNumber(Field<?> value) {
    return SqlTerm.any(value).ne(SqlTerm.any(ValueTranslation.NAN));
  }

  private Condition plain(
      Comparison comparison, Expr.Compare compare, Field<?> left, Field<?> right) {
    if (encrypted.concerns(compare)) {
      return encrypted.compared(comparison == Comparison.Equal, compare, left, right);
    }
    Field<Object> a = SqlTerm.any(left);
    Field<Object> b = SqlTerm.any(right);
    boolean ordered = comparison != Comparison.Equal && comparison != Comparison.NotEqual;
    if (ordered && compare.left().type() == ValueType.String) {
      b = SqlTerm.any(DSL.field("{0} collate \"C\"", SQLDataType.CLOB, b));
    }
    return switch (comparison) {
      case Equal -> a.eq(b);
      case NotEqual -> a.ne(b);
      case Less -> a.lt(b);
      case LessOrEqual -> a.le(b);
      case Greater -> a.gt(b);
      case GreaterOrEqual -> a.ge(b);
    };
  }

  private static Comparison opposite(Comparison comparison) {
    return switch (comparison) {
      case Equal -> Comparison.NotEqual;
      case NotEqual -> Comparison.Equal;
      case Less -> Comparison.GreaterOrEqual;
      case LessOrEqual -> Comparison.Greater;
      case Greater -> Comparison.LessOrEqual;
      case GreaterOrEqual -> Comparison.Less;
    };
  }
}
