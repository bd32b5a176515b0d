package dev.lettershop.rule.parse;

import dev.cel.common.ast.CelExpr;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.ast.ValueType;
import java.time.Duration;
import java.time.Instant;

/** Types and normal forms of arithmetic. Methods return null after reporting a problem. */
final class Calculations {
  private final Lowering lowering;

  Calculations(Lowering lowering) {
    this.lowering = lowering;
  }

  Expr of(CelExpr at, Expr.Operation operation, Expr left, Expr right) {
    boolean sum = operation == Expr.Operation.Add;
    boolean difference = operation == Expr.Operation.Subtract;
    if (left.type() == ValueType.Timestamp && right.type() == ValueType.Duration) {
      return sum || difference
          ? shifted(at, left, right, sum)
          : mismatch(at, operation, left, right);
    }
    if (left.type() == ValueType.Duration && right.type() == ValueType.Timestamp && sum) {
      return shifted(at, right, left, true);
    }
    if (left.type() == ValueType.Timestamp && right.type() == ValueType.Timestamp && difference) {
      return new Expr.Between(left, right);
    }
    if (left.type() == ValueType.Duration && right.type() == ValueType.Duration) {
      return sum || difference
          ? ofDurations(at, left, right, sum)
          : mismatch(at, operation, left, right);
    }
    if (left.type() != right.type()) {
      return mismatch(at, operation, left, right);
    }
    boolean possible =
        switch (left.type()) {
          case Integer -> true;
          case Double -> operation != Expr.Operation.Remainder;
          case String -> sum;
          default -> false;
        };
    return possible
        ? new Expr.Arithmetic(operation, left, right)
        : mismatch(at, operation, left, right);
  }

  Expr negated(CelExpr at, Expr operand) {
    if (operand instanceof Expr.Literal literal && literal.value() instanceof Duration duration) {
      return Expr.Literal.of(duration.negated());
    }
    return switch (operand.type()) {
      case Integer -> new Expr.Arithmetic(Expr.Operation.Subtract, Expr.Literal.of(0), operand);
      case Double -> new Expr.Arithmetic(Expr.Operation.Subtract, Expr.Literal.of(0.0), operand);
      default -> {
        lowering.report(at, "- needs a number, found " + Lowering.shown(operand), null);
        yield null;
      }
    };
  }

  private Expr shifted(CelExpr at, Expr timestamp, Expr by, boolean forward) {
    if (!(by instanceof Expr.Literal literal)) {
      lowering.reportAtName(
          at,
          "a moment can only be shifted by a constant",
          "write duration(\"…\"), or compare the difference of two moments instead");
      return null;
    }
    Duration given = (Duration) literal.value();
    Duration shift = forward ? given : given.negated();
    if (timestamp instanceof Expr.Now now) {
      Duration offset = now.offset().plus(shift);
      return inRange(at, offset) ? new Expr.Now(offset) : null;
    }
    if (timestamp instanceof Expr.Shift earlier) {
      Duration whole = earlier.by().plus(shift);
      return inRange(at, whole) ? new Expr.Shift(earlier.timestamp(), whole) : null;
    }
    if (timestamp instanceof Expr.Literal constant) {
      Instant moment = ((Instant) constant.value()).plus(shift);
      if (Limits.inTimestampRange(moment)) {
        return Expr.Literal.of(moment);
      }
      lowering.reportAtName(at, "this moment is outside of the years 1 to 9999", null);
      return null;
    }
    return new Expr.Shift(timestamp, shift);
  }

  private Expr ofDurations(CelExpr at, Expr left, Expr right, boolean sum) {
    if (left instanceof Expr.Literal a && right instanceof Expr.Literal b) {
      Duration first = (Duration) a.value();
      Duration second = (Duration) b.value();
      Duration result = sum ? first.plus(second) : first.minus(second);
      return inRange(at, result) ? Expr.Literal.of(result) : null;
    }
    lowering.reportAtName(
        at,
        "only constant durations can be added",
        "compare the difference of two moments with a constant");
    return null;
  }

  private boolean inRange(CelExpr at, Duration duration) {
    if (duration.abs().compareTo(Limits.DURATION) <= 0) {
      return true;
    }
    lowering.reportAtName(at, "the duration is longer than 1000 years", null);
    return false;
  }

  private Expr mismatch(CelExpr at, Expr.Operation operation, Expr left, Expr right) {
    String verb =
        switch (operation) {
          case Add -> "add ";
          case Subtract -> "subtract ";
          case Multiply -> "multiply ";
          case Divide -> "divide ";
          case Remainder -> "take the remainder of ";
        };
    lowering.reportAtName(
        at,
        "cannot " + verb + Lowering.shown(left) + " and " + Lowering.shown(right),
        fix(left, right));
    return null;
  }

  private static String fix(Expr left, Expr right) {
    if (left.type() == right.type() || !left.type().isNumber() || !right.type().isNumber()) {
      return null;
    }
    Expr integer = left.type() == ValueType.Integer ? left : right;
    return integer instanceof Expr.Literal literal
        ? "write " + literal.value() + ".0"
        : "write double(…) around the Integer";
  }
}
