package dev.lettershop.rule.structured;

import dev.lettershop.api.v1alpha1.segment.RuleOperator;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.rule.ast.CelLiterals;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Moments;
import dev.lettershop.rule.ast.Texts;
import dev.lettershop.rule.ast.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes one comparison of {@code spec.rules}, reading values as the type that they belong to. */
final class StructuredComparison {
  private static final String FAULTY = "false";

  private final List<FieldProblem> problems;

  StructuredComparison(List<FieldProblem> problems) {
    this.problems = problems;
  }

  /**
   * What is compared.
   *
   * @param cel such as {@code profile.city}
   */
  record Operand(String cel, ValueType type) {
    String presence() {
      return "has(" + cel + ")";
    }

    boolean isList() {
      return type == ValueType.StringList;
    }
  }

  String write(
      Operand operand, RuleOperator operator, String value, List<String> values, String path) {
    if (operator == null) {
      return faulty(path + ".operator", "the operator is missing", "such as Equal");
    }
    if (!suits(operator, operand.type())) {
      return faulty(
          path + ".operator",
          operator + " cannot be used with " + operand.type().withArticle(),
          operand.isList() ? "use Contains, In, NotIn, Exists or DoesNotExist" : null);
    }
    return switch (operator) {
      case Exists -> operand.presence();
      case DoesNotExist -> "!" + operand.presence();
      case In -> oneOf(operand, values, path);
      case NotIn -> "!(" + oneOf(operand, values, path) + ")";
      default -> single(operand, operator, value, path);
    };
  }

  private static boolean suits(RuleOperator operator, ValueType type) {
    return switch (operator) {
      case Exists, DoesNotExist, In, NotIn -> true;
      case Equal, NotEqual -> type != ValueType.StringList;
      case GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual -> type.isOrdered();
      case Contains -> type == ValueType.String || type == ValueType.StringList;
      case StartsWith, EndsWith -> type == ValueType.String;
    };
  }

  private String single(Operand operand, RuleOperator operator, String value, String path) {
    if (value == null) {
      return faulty(path + ".value", "the value is missing", null);
    }
    Optional<String> constant = constant(operand, value, path + ".value");
    if (constant.isEmpty()) {
      return FAULTY;
    }
    String left = operand.cel();
    String right = constant.get();
    return switch (operator) {
      case Equal -> left + " == " + right;
      case NotEqual -> left + " != " + right;
      case GreaterThan -> left + " > " + right;
      case GreaterThanOrEqual -> left + " >= " + right;
      case LessThan -> left + " < " + right;
      case LessThanOrEqual -> left + " <= " + right;
      case StartsWith -> left + ".startsWith(" + right + ")";
      case EndsWith -> left + ".endsWith(" + right + ")";
      default -> operand.isList() ? right + " in " + left : left + ".contains(" + right + ")";
    };
  }

  private String oneOf(Operand operand, List<String> values, String path) {
    if (values == null || values.isEmpty()) {
      return faulty(path + ".values", "the values are missing", null);
    }
    List<String> constants = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      constant(operand, values.get(i), path + ".values[" + i + "]").ifPresent(constants::add);
    }
    String list = "[" + String.join(", ", constants) + "]";
    return operand.isList()
        ? operand.cel() + ".exists(v, v in " + list + ")"
        : operand.cel() + " in " + list;
  }

  /** The value as a CEL constant of the operand's type. Problems never show the value. */
  private Optional<String> constant(Operand operand, String value, String path) {
    Optional<String> constant =
        switch (operand.type()) {
          case String, StringList ->
              Texts.isStorable(value) ? Optional.of(CelLiterals.of(value)) : Optional.empty();
          case Boolean ->
              value.equals("true") || value.equals("false") ? Optional.of(value) : Optional.empty();
          case Integer -> integer(value);
          case Double -> number(value);
          case Timestamp -> moment(value);
          case Duration -> Optional.empty();
        };
    if (constant.isEmpty()) {
      faulty(
          path,
          "the value is not " + operand.type().withArticle() + ", as " + operand.cel() + " is",
          example(operand.type()));
    }
    return constant;
  }

  private static Optional<String> integer(String value) {
    try {
      return Optional.of(CelLiterals.of(Long.parseLong(value.strip())));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> number(String value) {
    try {
      double number = Double.parseDouble(value);
      boolean decimal = value.strip().matches("[-+0-9.eE]+");
      return decimal && Double.isFinite(number)
          ? Optional.of(CelLiterals.of(number))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> moment(String value) {
    boolean onlyDate = value.matches("\\d{4}-\\d{2}-\\d{2}");
    Expr moment = Moments.timestamp(onlyDate ? value + "T00:00:00Z" : value, (message, fix) -> {});
    return moment instanceof Expr.Literal literal
        ? Optional.of(CelLiterals.of((java.time.Instant) literal.value()))
        : Optional.empty();
  }

  private static String example(ValueType type) {
    return switch (type) {
      case Boolean -> "write true or false";
      case Integer -> "write a whole number, such as 5";
      case Double -> "write a number, such as 5000 or 0.5";
      case Timestamp -> "write it as in 2027-03-01T09:00:00Z";
      default -> null;
    };
  }

  private String faulty(String path, String message, String fix) {
    problems.add(new FieldProblem(path, Problem.error(null, message, fix)));
    return FAULTY;
  }
}
