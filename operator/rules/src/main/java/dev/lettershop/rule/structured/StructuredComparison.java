package dev.lettershop.rule.structured;

import dev.lettershop.api.v1alpha1.segment.RuleOperator;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.Protection;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Moments;
import dev.lettershop.rule.ast.Texts;
import dev.lettershop.rule.ast.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Compiles one comparison of structured rules, reading values as the type that they belong to. */
final class StructuredComparison {
  private final int slot;
  private final List<FieldProblem> problems;

  /**
   * @param slot first free slot
   */
  StructuredComparison(int slot, List<FieldProblem> problems) {
    this.slot = slot;
    this.problems = problems;
  }

  /**
   * What is compared.
   *
   * @param name as messages show it, such as {@code profile.city}
   * @param protection null for what is never encrypted
   */
  record Operand(Expr value, String name, Protection protection) {
    ValueType type() {
      return value.type();
    }

    boolean isList() {
      return type() == ValueType.StringList;
    }
  }

  Expr compile(
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
    if (!answers(operand.protection(), operator)) {
      boolean deterministic = operand.protection() == Protection.Deterministic;
      return faulty(
          path + ".operator",
          operand.name() + " is encrypted, and " + operator + " cannot look into it",
          deterministic
              ? "use Equal, NotEqual, In, NotIn, Exists or DoesNotExist"
              : "use Exists or DoesNotExist, or load what rules need into an attribute without pii");
    }
    return switch (operator) {
      case Exists -> new Expr.Has(operand.value());
      case DoesNotExist -> new Expr.Not(new Expr.Has(operand.value()));
      case In -> oneOf(operand, values, path);
      case NotIn -> Junction.not(oneOf(operand, values, path));
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

  /** Whether the database can answer it. */
  private static boolean answers(Protection protection, RuleOperator operator) {
    if (protection == null || protection == Protection.Clear) {
      return true;
    }
    return switch (operator) {
      case Exists, DoesNotExist -> true;
      case Equal, NotEqual, In, NotIn -> protection == Protection.Deterministic;
      default -> false;
    };
  }

  private Expr single(Operand operand, RuleOperator operator, String value, String path) {
    if (value == null) {
      return faulty(path + ".value", "the value is missing", null);
    }
    Expr.Literal constant = constant(operand, value, path + ".value");
    if (constant == null) {
      return Junction.FAULTY;
    }
    Expr left = operand.value();
    return switch (operator) {
      case Equal -> new Expr.Compare(Expr.Comparison.Equal, left, constant);
      case NotEqual -> new Expr.Compare(Expr.Comparison.NotEqual, left, constant);
      case GreaterThan -> new Expr.Compare(Expr.Comparison.Greater, left, constant);
      case GreaterThanOrEqual -> new Expr.Compare(Expr.Comparison.GreaterOrEqual, left, constant);
      case LessThan -> new Expr.Compare(Expr.Comparison.Less, left, constant);
      case LessThanOrEqual -> new Expr.Compare(Expr.Comparison.LessOrEqual, left, constant);
      case StartsWith -> new Expr.TextTest(Expr.TextQuestion.StartsWith, left, constant);
      case EndsWith -> new Expr.TextTest(Expr.TextQuestion.EndsWith, left, constant);
      default ->
          operand.isList()
              ? new Expr.Includes(left, constant)
              : new Expr.TextTest(Expr.TextQuestion.Contains, left, constant);
    };
  }

  private Expr oneOf(Operand operand, List<String> values, String path) {
    if (values == null || values.isEmpty()) {
      return faulty(path + ".values", "the values are missing", null);
    }
    List<Expr.Literal> constants = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Expr.Literal constant = constant(operand, values.get(i), path + ".values[" + i + "]");
      if (constant != null) {
        constants.add(constant);
      }
    }
    if (!operand.isList()) {
      return new Expr.OneOf(operand.value(), constants);
    }
    // Of a property the variable of its event is taken.
    int element = operand.value() instanceof Expr.Property ? slot + 1 : slot;
    return new Expr.AnyElement(
        operand.value(), element, new Expr.OneOf(new Expr.Element(element), constants));
  }

  /**
   * The value as a constant of the operand's type, or null after reporting that it is not one.
   * Problems never show the value.
   */
  private Expr.Literal constant(Operand operand, String value, String path) {
    Expr.Literal constant =
        switch (operand.type()) {
          case String, StringList -> Texts.isStorable(value) ? Expr.Literal.of(value) : null;
          case Boolean ->
              value.equals("true") || value.equals("false")
                  ? Expr.Literal.of(Boolean.parseBoolean(value))
                  : null;
          case Integer -> integer(value);
          case Double -> number(value);
          case Timestamp -> moment(value);
          case Duration -> null;
        };
    if (constant == null) {
      faulty(
          path,
          "the value is not " + operand.type().withArticle() + ", as " + operand.name() + " is",
          example(operand.type()));
    }
    return constant;
  }

  private static Expr.Literal integer(String value) {
    try {
      return Expr.Literal.of(Long.parseLong(value.strip()));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Expr.Literal number(String value) {
    try {
      double number = Double.parseDouble(value);
      boolean decimal = value.strip().matches("[-+0-9.eE]+");
      return decimal && Double.isFinite(number) ? Expr.Literal.of(number) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Expr.Literal moment(String value) {
    boolean onlyDate = value.matches("\\d{4}-\\d{2}-\\d{2}");
    return (Expr.Literal)
        Moments.timestamp(onlyDate ? value + "T00:00:00Z" : value, (message, fix) -> {});
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

  private Expr faulty(String path, String message, String fix) {
    problems.add(new FieldProblem(path, Problem.error(null, message, fix)));
    return Junction.FAULTY;
  }
}
