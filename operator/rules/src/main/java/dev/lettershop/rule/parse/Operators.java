package dev.lettershop.rule.parse;

import dev.cel.common.ast.CelExpr;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lowers what is written with an operator. */
final class Operators {
  private static final String AND = "_&&_";
  private static final String OR = "_||_";
  private static final String NOT = "!_";
  private static final String NEGATE = "-_";
  private static final String CHOICE = "_?_:_";
  private static final String IN = "@in";
  private static final String INDEX = "_[_]";

  private static final Map<String, Expr.Comparison> COMPARISONS =
      Map.of(
          "_==_", Expr.Comparison.Equal,
          "_!=_", Expr.Comparison.NotEqual,
          "_<_", Expr.Comparison.Less,
          "_<=_", Expr.Comparison.LessOrEqual,
          "_>_", Expr.Comparison.Greater,
          "_>=_", Expr.Comparison.GreaterOrEqual);

  private static final Map<String, Expr.Operation> OPERATIONS =
      Map.of(
          "_+_", Expr.Operation.Add,
          "_-_", Expr.Operation.Subtract,
          "_*_", Expr.Operation.Multiply,
          "_/_", Expr.Operation.Divide,
          "_%_", Expr.Operation.Remainder);

  private static final Set<String> OTHERS = Set.of(AND, OR, NOT, NEGATE, CHOICE, IN, INDEX);

  private final Lowering lowering;
  private final Comparisons comparisons;
  private final Calculations calculations;

  Operators(Lowering lowering) {
    this.lowering = lowering;
    this.comparisons = new Comparisons(lowering);
    this.calculations = new Calculations(lowering);
  }

  boolean handles(String function) {
    return OTHERS.contains(function)
        || COMPARISONS.containsKey(function)
        || OPERATIONS.containsKey(function);
  }

  static boolean isPrefix(String function) {
    return function.equals(NOT) || function.equals(NEGATE);
  }

  Term lower(CelExpr at) {
    Expr lowered = lowered(at, at.call().function(), at.call().args());
    return lowered == null ? new Term.Faulty() : new Term.Value(lowered);
  }

  private Expr lowered(CelExpr at, String function, List<CelExpr> args) {
    if (COMPARISONS.containsKey(function)) {
      return compared(at, COMPARISONS.get(function), args);
    }
    if (OPERATIONS.containsKey(function)) {
      return calculated(at, OPERATIONS.get(function), args);
    }
    return switch (function) {
      case AND, OR -> joined(at, function);
      case NOT -> {
        Expr operand = lowering.condition(args.get(0));
        yield operand == null ? null : new Expr.Not(operand);
      }
      case NEGATE -> {
        Expr operand = lowering.value(args.get(0));
        yield operand == null ? null : calculations.negated(at, operand);
      }
      case CHOICE -> choice(at, args);
      case IN -> contained(at, args);
      default -> {
        lowering.report(
            at, "[ ] cannot be used in a rule", "write profile.city instead of profile[\"city\"]");
        yield null;
      }
    };
  }

  private Expr compared(CelExpr at, Expr.Comparison comparison, List<CelExpr> args) {
    Expr left = lowering.value(args.get(0));
    Expr right = lowering.value(args.get(1));
    return left == null || right == null ? null : comparisons.of(at, comparison, left, right);
  }

  private Expr calculated(CelExpr at, Expr.Operation operation, List<CelExpr> args) {
    Expr left = lowering.value(args.get(0));
    Expr right = lowering.value(args.get(1));
    return left == null || right == null ? null : calculations.of(at, operation, left, right);
  }

  /** A chain of the same operator becomes one node. */
  private Expr joined(CelExpr at, String function) {
    List<Expr> operands = new ArrayList<>();
    boolean faulty = false;
    Deque<CelExpr> open = new ArrayDeque<>();
    open.push(at);
    while (!open.isEmpty()) {
      CelExpr next = open.pop();
      if (next.getKind() == CelExpr.ExprKind.Kind.CALL && next.call().function().equals(function)) {
        open.push(next.call().args().get(1));
        open.push(next.call().args().get(0));
        continue;
      }
      Expr operand = lowering.condition(next);
      faulty |= operand == null;
      operands.add(operand);
    }
    if (faulty) {
      return null;
    }
    return function.equals(AND) ? new Expr.And(operands) : new Expr.Or(operands);
  }

  private Expr choice(CelExpr at, List<CelExpr> args) {
    Expr condition = lowering.condition(args.get(0));
    Expr then = lowering.value(args.get(1));
    Expr otherwise = lowering.value(args.get(2));
    if (condition == null || then == null || otherwise == null) {
      return null;
    }
    if (then.type() != otherwise.type()) {
      lowering.reportAtName(
          at,
          "both sides of : must have the same type, found "
              + Lowering.shown(then)
              + " and "
              + Lowering.shown(otherwise),
          null);
      return null;
    }
    if (then.type() == ValueType.StringList) {
      lowering.reportAtName(at, "a StringList cannot be chosen with ? :", "choose between answers");
      return null;
    }
    return new Expr.Choice(condition, then, otherwise);
  }

  private Expr contained(CelExpr at, List<CelExpr> args) {
    Expr element = lowering.value(args.get(0));
    Term list = lowering.term(args.get(1));
    if (element == null || list instanceof Term.Faulty) {
      return null;
    }
    if (list instanceof Term.Constants constants) {
      return comparisons.oneOf(at, element, constants.items());
    }
    if (list instanceof Term.Value value && value.expr().type() == ValueType.StringList) {
      if (element.type() == ValueType.String) {
        return new Expr.Includes(value.expr(), element);
      }
      lowering.reportAtName(
          at, "a StringList holds Strings, not " + element.type().withArticle() + "s", null);
      return null;
    }
    lowering.reportAtName(
        at,
        "expected a list on the right of in",
        list instanceof Term.Value value && value.expr().type() == ValueType.String
            ? "write text.contains(part) to look into a String"
            : "write the values in brackets, as in profile.city in [\"a\", \"b\"]");
    return null;
  }
}
