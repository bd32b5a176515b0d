package dev.lettershop.rule.parse;

import dev.cel.common.ast.CelExpr;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.ast.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Types and normal forms of comparisons. Methods return null after reporting a problem. */
final class Comparisons {
  /** Beyond this not every Integer is a Double. */
  private static final long EXACT = 1L << 53;

  private final Lowering lowering;

  Comparisons(Lowering lowering) {
    this.lowering = lowering;
  }

  Expr of(CelExpr at, Expr.Comparison comparison, Expr left, Expr right) {
    if (left instanceof Expr.Literal && !(right instanceof Expr.Literal)) {
      return of(at, comparison.mirrored(), right, left);
    }
    if (left.type() == ValueType.Double && right instanceof Expr.Literal literal) {
      if (literal.value() instanceof Long number) {
        return Math.abs(number) <= EXACT
            ? new Expr.Compare(comparison, left, Expr.Literal.of((double) number))
            : mismatch(at, left, right);
      }
    }
    if (left.type() == ValueType.Integer && right instanceof Expr.Literal literal) {
      if (literal.value() instanceof Double number) {
        return withFraction(at, comparison, left, number);
      }
    }
    if (left.type() != right.type()) {
      return mismatch(at, left, right);
    }
    boolean equality =
        comparison == Expr.Comparison.Equal || comparison == Expr.Comparison.NotEqual;
    if (left.type() == ValueType.StringList || !equality && !left.type().isOrdered()) {
      lowering.reportAtName(
          at,
          left.type().withArticle() + " cannot be compared in this way",
          left.type() == ValueType.StringList
              ? "ask what is in it, as in \"news\" in profile.interests"
              : "use == or !=");
      return null;
    }
    return normal(comparison, left, right);
  }

  /**
   * Moves what shifts a moment to the side of {@code now}, so that an attribute stands alone and an
   * index on it can be used.
   */
  private static Expr normal(Expr.Comparison comparison, Expr left, Expr right) {
    if (right instanceof Expr.Shift && left instanceof Expr.Now
        || right instanceof Expr.Between && left instanceof Expr.Literal
        || left instanceof Expr.Now && !(right instanceof Expr.Now)) {
      return normal(comparison.mirrored(), right, left);
    }
    if (left instanceof Expr.Shift shift && right instanceof Expr.Now now) {
      Duration offset = now.offset().minus(shift.by());
      if (offset.abs().compareTo(Limits.DURATION) <= 0) {
        return new Expr.Compare(comparison, shift.timestamp(), new Expr.Now(offset));
      }
    }
    if (left instanceof Expr.Between between && right instanceof Expr.Literal literal) {
      Duration length = (Duration) literal.value();
      if (between.later() instanceof Expr.Now now
          && now.offset().minus(length).abs().compareTo(Limits.DURATION) <= 0) {
        return new Expr.Compare(
            comparison.mirrored(), between.earlier(), new Expr.Now(now.offset().minus(length)));
      }
      if (between.earlier() instanceof Expr.Now now
          && now.offset().plus(length).abs().compareTo(Limits.DURATION) <= 0) {
        return new Expr.Compare(
            comparison, between.later(), new Expr.Now(now.offset().plus(length)));
      }
    }
    return new Expr.Compare(comparison, left, right);
  }

  Expr oneOf(CelExpr at, Expr value, List<Expr.Literal> options) {
    if (value.type() == ValueType.StringList) {
      return mismatch(at, value, options.isEmpty() ? value : options.get(0));
    }
    List<Expr.Literal> same = new ArrayList<>(options.size());
    for (Expr.Literal option : options) {
      if (option.type() == value.type()) {
        same.add(option);
      } else if (value.type() == ValueType.Double
          && option.value() instanceof Long number
          && Math.abs(number) <= EXACT) {
        same.add(Expr.Literal.of((double) number));
      } else {
        return mismatch(at, value, option);
      }
    }
    return new Expr.OneOf(value, same);
  }

  /** An Integer with a constant that has a fraction: with the next whole number, it is the same. */
  private Expr withFraction(CelExpr at, Expr.Comparison comparison, Expr left, double number) {
    BigDecimal exact = new BigDecimal(number);
    RoundingMode mode =
        switch (comparison) {
          case Greater, LessOrEqual -> RoundingMode.FLOOR;
          case Less, GreaterOrEqual -> RoundingMode.CEILING;
          case Equal, NotEqual -> RoundingMode.UNNECESSARY;
        };
    try {
      long whole = exact.setScale(0, mode).longValueExact();
      return new Expr.Compare(comparison, left, Expr.Literal.of(whole));
    } catch (ArithmeticException e) {
      lowering.reportAtName(
          at,
          Lowering.shown(left) + " is never equal to this number, or always on one side of it",
          "write a whole number of at most 64 bits");
      return null;
    }
  }

  Expr mismatch(CelExpr at, Expr left, Expr right) {
    lowering.reportAtName(
        at,
        "cannot compare " + Lowering.shown(left) + " with " + Lowering.shown(right),
        fix(left, right));
    return null;
  }

  private static String fix(Expr left, Expr right) {
    ValueType expected = left.type();
    ValueType actual = right.type();
    if (expected.isNumber() && actual.isNumber()) {
      return "write double(…) around the Integer";
    }
    if (right instanceof Expr.Literal literal) {
      if (expected == ValueType.String && !(literal.value() instanceof Duration)) {
        return "write \"" + literal.value() + "\" in quotes";
      }
      if (literal.value() instanceof String text) {
        return fixOfText(left, text);
      }
    }
    if (expected == ValueType.Timestamp && actual == ValueType.Duration) {
      return "write now - duration(\"…\") for a moment in the past";
    }
    return "compare with " + expected.withArticle();
  }

  private static String fixOfText(Expr left, String text) {
    return switch (left.type()) {
      case Integer, Double -> "write a number without quotes";
      case Boolean -> "write true or false without quotes";
      case Timestamp -> "write timestamp(\"2027-03-01T09:00:00Z\")";
      case Duration -> "write duration(\"24h\")";
      case StringList -> "write \"" + text + "\" in " + name(left);
      case String -> null;
    };
  }

  private static String name(Expr list) {
    return list instanceof Expr.Attribute attribute ? "profile." + attribute.name() : "the list";
  }
}
