package dev.lettershop.rule.evaluate;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Expr.Operation;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.evaluate.Evaluation.Read;

/** Arithmetic in memory, as {@link Expr.Arithmetic} defines it. */
final class Calculator {
  private Calculator() {}

  static Read of(Expr.Arithmetic arithmetic, Read left, Read right) {
    Operation operation = arithmetic.operation();
    return switch (arithmetic.type()) {
      case Integer ->
          frame -> {
            Object a = left.of(frame);
            Object b = a == null ? null : right.of(frame);
            return b == null ? null : integer(operation, (Long) a, (Long) b);
          };
      case Double ->
          frame -> {
            Object a = left.of(frame);
            Object b = a == null ? null : right.of(frame);
            return b == null ? null : floating(operation, (Double) a, (Double) b);
          };
      default ->
          frame -> {
            Object a = left.of(frame);
            Object b = a == null ? null : right.of(frame);
            return b == null ? null : a + (String) b;
          };
    };
  }

  /** Null on overflow and division by zero. */
  static Long integer(Operation operation, long a, long b) {
    switch (operation) {
      case Add -> {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? null : (Long) sum;
      }
      case Subtract -> {
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0 ? null : (Long) difference;
      }
      case Multiply -> {
        long product = a * b;
        return Math.multiplyHigh(a, b) == product >> 63 ? (Long) product : null;
      }
      case Divide -> {
        return b == 0 || a == Long.MIN_VALUE && b == -1 ? null : (Long) (a / b);
      }
      case Remainder -> {
        return b == 0 ? null : (Long) (a % b);
      }
    }
    throw new IllegalStateException("no such operation: " + operation);
  }

  /** Null on division by zero and outside of {@link Limits#inArithmeticRange}. */
  static Double floating(Operation operation, double a, double b) {
    if (!Limits.inArithmeticRange(a) || !Limits.inArithmeticRange(b)) {
      return null;
    }
    return switch (operation) {
      case Add -> a + b;
      case Subtract -> a - b;
      case Multiply -> a * b;
      case Divide -> b == 0 ? null : (Double) (a / b);
      case Remainder -> throw new IllegalStateException("no remainder of Doubles");
    };
  }
}
