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
  private final WhereTrue whereTrue;
  private final WhereFalse whereFalse;
  private final Exactly exactly;

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
    this.whereTrue = new WhereTrue();
    this.whereFalse = new WhereFalse();
    this.exactly = new Exactly();
  }

  ValueTranslation values() {
    return values;
  }

  EventTranslation events() {
    return events;
  }

  /** TRUE where the expression is true; FALSE or NULL elsewhere. */
  Condition isTrue(Expr expr) {
    return whereTrue.visit(expr);
  }

  /** TRUE where the expression is false; FALSE or NULL elsewhere. */
  Condition isFalse(Expr expr) {
    return whereFalse.visit(expr);
  }

  /** TRUE, FALSE, or NULL for unknown. */
  Field<Boolean> truth(Expr expr) {
    return exactly.visit(expr);
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

  private Field<Boolean> joined(List<Expr> operands, String operator) {
    List<Field<Boolean>> truths = operands.stream().map(this::truth).toList();
    StringBuilder template = new StringBuilder("(");
    for (int i = 0; i < truths.size(); i++) {
      template.append(i == 0 ? "" : operator).append('{').append(i).append('}');
    }
    return DSL.field(
        template.append(')').toString(), SQLDataType.BOOLEAN, truths.toArray(Field<?>[]::new));
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

  /** TRUE where the expression is true. */
  private final class WhereTrue extends TruthVisitor<Condition> {
    WhereTrue() {
      super(values, encrypted);
    }

    @Override
    Condition exact(Condition condition) {
      return condition;
    }

    @Override
    public Condition and(Expr.And node) {
      return all(node.operands());
    }

    @Override
    public Condition or(Expr.Or node) {
      return DSL.or(node.operands().stream().map(this::visit).toList());
    }

    @Override
    public Condition not(Expr.Not node) {
      return isFalse(node.operand());
    }

    @Override
    public Condition compare(Expr.Compare node) {
      return compared(node.comparison(), node);
    }

    @Override
    public Condition anyEvent(Expr.AnyEvent node) {
      return events.exists(node);
    }

    @Override
    public Condition anyElement(Expr.AnyElement node) {
      return events.exists(node);
    }

    @Override
    public Condition inSegment(Expr.InSegment node) {
      return visit(node.rule());
    }
  }

  /** TRUE where the expression is false. */
  private final class WhereFalse extends TruthVisitor<Condition> {
    WhereFalse() {
      super(values, encrypted);
    }

    @Override
    Condition exact(Condition condition) {
      return DSL.condition("not {0}", condition);
    }

    @Override
    public Condition and(Expr.And node) {
      return DSL.or(node.operands().stream().map(this::visit).toList());
    }

    @Override
    public Condition or(Expr.Or node) {
      return DSL.and(node.operands().stream().map(this::visit).toList());
    }

    @Override
    public Condition not(Expr.Not node) {
      return isTrue(node.operand());
    }

    @Override
    public Condition compare(Expr.Compare node) {
      return compared(opposite(node.comparison()), node);
    }

    @Override
    public Condition anyEvent(Expr.AnyEvent node) {
      return events.existsNot(node);
    }

    @Override
    public Condition anyElement(Expr.AnyElement node) {
      return events.existsNot(node);
    }

    @Override
    public Condition inSegment(Expr.InSegment node) {
      return visit(node.rule());
    }
  }

  /** TRUE, FALSE, or NULL for unknown. */
  private final class Exactly extends TruthVisitor<Field<Boolean>> {
    Exactly() {
      super(values, encrypted);
    }

    @Override
    Field<Boolean> exact(Condition condition) {
      return SqlTerm.truth(condition);
    }

    @Override
    public Field<Boolean> and(Expr.And node) {
      return joined(node.operands(), " and ");
    }

    @Override
    public Field<Boolean> or(Expr.Or node) {
      return joined(node.operands(), " or ");
    }

    @Override
    public Field<Boolean> not(Expr.Not node) {
      return DSL.field("(not {0})", SQLDataType.BOOLEAN, visit(node.operand()));
    }

    @Override
    public Field<Boolean> choice(Expr.Choice node) {
      return values.of(node).coerce(SQLDataType.BOOLEAN);
    }

    @Override
    public Field<Boolean> compare(Expr.Compare node) {
      return SqlTerm.truth(
          plain(node.comparison(), node, values.of(node.left()), values.of(node.right())));
    }

    @Override
    public Field<Boolean> anyEvent(Expr.AnyEvent node) {
      return events.truth(node);
    }

    @Override
    public Field<Boolean> anyElement(Expr.AnyElement node) {
      return events.truth(node);
    }

    @Override
    public Field<Boolean> inSegment(Expr.InSegment node) {
      return visit(node.rule());
    }
  }
}
