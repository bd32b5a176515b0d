package dev.lettershop.store.rule;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprVisitor;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Boolean expressions as SQL. What joins others is for the subclass; all else is exact by itself,
 * which is to say NULL when unknown.
 */
abstract class TruthVisitor<T> implements ExprVisitor<T> {
  private final ValueTranslation values;
  private final EncryptedTranslation encrypted;

  TruthVisitor(ValueTranslation values, EncryptedTranslation encrypted) {
    this.values = values;
    this.encrypted = encrypted;
  }

  /**
   * @param condition NULL when unknown
   */
  abstract T exact(Condition condition);

  private T value(Expr expr) {
    return exact(SqlTerm.condition(values.of(expr)));
  }

  @Override
  public T literal(Expr.Literal node) {
    return exact(Boolean.TRUE.equals(node.value()) ? DSL.trueCondition() : DSL.falseCondition());
  }

  @Override
  public T attribute(Expr.Attribute node) {
    return value(node);
  }

  @Override
  public T property(Expr.Property node) {
    return value(node);
  }

  @Override
  public T occurredAt(Expr.OccurredAt node) {
    return value(node);
  }

  @Override
  public T element(Expr.Element node) {
    return value(node);
  }

  @Override
  public T now(Expr.Now node) {
    return value(node);
  }

  @Override
  public T has(Expr.Has node) {
    return exact(values.of(node.reference()).isNotNull());
  }

  @Override
  public T choice(Expr.Choice node) {
    return value(node);
  }

  @Override
  public T oneOf(Expr.OneOf node) {
    return exact(oneOfCondition(node));
  }

  @Override
  public T includes(Expr.Includes node) {
    return exact(values.includes(node));
  }

  @Override
  public T textTest(Expr.TextTest node) {
    return exact(values.test(node));
  }

  @Override
  public T matches(Expr.Matches node) {
    return exact(
        DSL.condition(
            "{0} collate \"C\" ~ {1}", values.of(node.text()), DSL.val(node.pattern().portable())));
  }

  @Override
  public T textChange(Expr.TextChange node) {
    return value(node);
  }

  @Override
  public T size(Expr.Size node) {
    return value(node);
  }

  @Override
  public T arithmetic(Expr.Arithmetic node) {
    return value(node);
  }

  @Override
  public T convert(Expr.Convert node) {
    return value(node);
  }

  @Override
  public T shift(Expr.Shift node) {
    return value(node);
  }

  @Override
  public T between(Expr.Between node) {
    return value(node);
  }

  @Override
  public T eventCount(Expr.EventCount node) {
    return value(node);
  }

  @Override
  public T eventFigure(Expr.EventFigure node) {
    return value(node);
  }

  @Override
  public T calendarPart(Expr.CalendarPart node) {
    return value(node);
  }

  @Override
  public T anniversary(Expr.Anniversary node) {
    return exact(values.calendar().anniversary(node));
  }

  @Override
  public T score(Expr.Score node) {
    return value(node);
  }

  @Override
  public T cluster(Expr.Cluster node) {
    return value(node);
  }

  private Condition oneOfCondition(Expr.OneOf oneOf) {
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
}
