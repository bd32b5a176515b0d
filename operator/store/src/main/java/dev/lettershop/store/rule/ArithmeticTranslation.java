package dev.lettershop.store.rule;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Expr.Operation;
import dev.lettershop.rule.ast.Limits;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Arithmetic that is NULL where PostgreSQL would stop the whole statement: on overflow, underflow
 * and division by zero.
 */
final class ArithmeticTranslation {
  private static final String IN_RANGE = "(%1$s = 0 or abs(%1$s) between {2} and {3})";

  private ArithmeticTranslation() {}

  static Field<?> of(Scope scope, Expr.Arithmetic arithmetic, Field<?> left, Field<?> right) {
    return switch (arithmetic.type()) {
      case Integer -> integer(scope, arithmetic.operation(), left, right);
      case Double -> floating(scope, arithmetic.operation(), left, right);
      default -> DSL.field("({0} || {1})", SQLDataType.CLOB, left, right);
    };
  }

  /** Calculates with numerics, which are exact, and comes back when the result fits. */
  private static Field<Long> integer(
      Scope scope, Operation operation, Field<?> left, Field<?> right) {
    String template =
        switch (operation) {
          case Add -> "{0}::numeric + {1}::numeric";
          case Subtract -> "{0}::numeric - {1}::numeric";
          case Multiply -> "{0}::numeric * {1}::numeric";
          case Divide -> "div({0}::numeric, nullif({1}, 0)::numeric)";
          case Remainder -> "mod({0}::numeric, nullif({1}, 0)::numeric)";
        };
    return scope.once(
        DSL.field(template, SQLDataType.NUMERIC, left, right), ArithmeticTranslation::bigint);
  }

  /** A numeric as a bigint, NULL when it does not fit. */
  static Field<Long> bigint(Field<Object> number) {
    return DSL.field(
        "case when {0} between {1} and {2} then {0}::bigint end",
        SQLDataType.BIGINT, number, DSL.val(Long.MIN_VALUE), DSL.val(Long.MAX_VALUE));
  }

  private static Field<Double> floating(
      Scope scope, Operation operation, Field<?> left, Field<?> right) {
    String result =
        switch (operation) {
          case Add -> "{0} + {1}";
          case Subtract -> "{0} - {1}";
          case Multiply -> "{0} * {1}";
          case Divide -> "{0} / {1}";
          case Remainder -> throw new IllegalStateException("no remainder of Doubles");
        };
    String condition =
        IN_RANGE.formatted("{0}")
            + " and "
            + IN_RANGE.formatted("{1}")
            + (operation == Operation.Divide ? " and {1} <> 0" : "");
    return scope.once(
        left,
        right,
        (a, b) ->
            DSL.field(
                "case when " + condition + " then " + result + " end",
                SQLDataType.DOUBLE,
                a,
                b,
                DSL.val(Limits.SMALLEST_OPERAND),
                DSL.val(Limits.LARGEST_OPERAND)));
  }
}
