package dev.lettershop.rule.ast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes an {@link Expr} as text that reads like CEL, for people. Thread-safe. */
public final class ExprText {
  private ExprText() {}

  public static String of(Expr expr) {
    if (expr instanceof Expr.Literal literal) {
      return constant(literal.value());
    }
    if (expr instanceof Expr.And and) {
      return joined(and.operands(), " && ");
    }
    if (expr instanceof Expr.Or or) {
      return joined(or.operands(), " || ");
    }
    if (expr instanceof Expr.Not not) {
      return "!" + inner(not.operand());
    }
    if (expr instanceof Expr.Compare compare) {
      return inner(compare.left())
          + " "
          + sign(compare.comparison())
          + " "
          + inner(compare.right());
    }
    if (expr instanceof Expr.OneOf oneOf) {
      return inner(oneOf.value()) + " in [" + list(oneOf.options()) + "]";
    }
    if (expr instanceof Expr.Includes includes) {
      return inner(includes.element()) + " in " + inner(includes.list());
    }
    if (expr instanceof Expr.Choice choice) {
      return inner(choice.condition())
          + " ? "
          + inner(choice.then())
          + " : "
          + inner(choice.otherwise());
    }
    if (expr instanceof Expr.Arithmetic arithmetic) {
      return inner(arithmetic.left())
          + " "
          + sign(arithmetic.operation())
          + " "
          + inner(arithmetic.right());
    }
    if (expr instanceof Expr.Shift shift) {
      return inner(shift.timestamp()) + shifted(shift.by());
    }
    if (expr instanceof Expr.Between between) {
      return inner(between.later()) + " - " + inner(between.earlier());
    }
    return reference(expr);
  }

  private static String reference(Expr expr) {
    if (expr instanceof Expr.Attribute attribute) {
      return "profile." + attribute.name();
    }
    if (expr instanceof Expr.Property property) {
      return variable(property.slot()) + "." + property.name();
    }
    if (expr instanceof Expr.OccurredAt occurred) {
      return variable(occurred.slot()) + ".occurred_at";
    }
    if (expr instanceof Expr.Element element) {
      return variable(element.slot());
    }
    if (expr instanceof Expr.Now now) {
      return "now" + shifted(now.offset());
    }
    return call(expr);
  }

  private static String call(Expr expr) {
    if (expr instanceof Expr.Has has) {
      return "has(" + of(has.reference()) + ")";
    }
    if (expr instanceof Expr.InSegment segment) {
      return "inSegment(" + constant(segment.segment()) + ")";
    }
    if (expr instanceof Expr.Score score) {
      return "score(" + constant(score.model()) + ")";
    }
    if (expr instanceof Expr.Cluster cluster) {
      return "cluster(" + constant(cluster.model()) + ")";
    }
    if (expr instanceof Expr.TextTest test) {
      String question = test.question().name();
      String function = Character.toLowerCase(question.charAt(0)) + question.substring(1);
      return inner(test.text()) + "." + function + "(" + of(test.argument()) + ")";
    }
    if (expr instanceof Expr.Matches matches) {
      return inner(matches.text()) + ".matches(" + constant(matches.pattern().source()) + ")";
    }
    if (expr instanceof Expr.TextChange change) {
      String edit = change.edit().name();
      return inner(change.text())
          + "."
          + Character.toLowerCase(edit.charAt(0))
          + edit.substring(1)
          + "()";
    }
    if (expr instanceof Expr.Size size) {
      return inner(size.of()) + ".size()";
    }
    if (expr instanceof Expr.Convert convert) {
      String function = convert.type() == ValueType.Integer ? "int" : convert.type().name();
      return function.toLowerCase(Locale.ROOT) + "(" + of(convert.value()) + ")";
    }
    if (expr instanceof Expr.CalendarPart part) {
      String zone = part.zone() == null ? "" : of(part.zone());
      return inner(part.timestamp()) + "." + part.part().function() + "(" + zone + ")";
    }
    if (expr instanceof Expr.Anniversary anniversary) {
      return "isAnniversary("
          + of(anniversary.timestamp())
          + ", "
          + anniversary.days()
          + (anniversary.zone() == null ? "" : ", " + of(anniversary.zone()))
          + ")";
    }
    return overList(expr);
  }

  private static String overList(Expr expr) {
    if (expr instanceof Expr.AnyElement any) {
      return inner(any.list()) + macro("exists", any.slot(), any.predicate());
    }
    String events = events(ExprParts.events(expr));
    if (expr instanceof Expr.AnyEvent any) {
      return events + macro("exists", any.events().slot(), any.predicate());
    }
    if (expr instanceof Expr.EventFigure figure) {
      String name =
          switch (figure.figure()) {
            case Sum -> "sum";
            case Min -> "min";
            case Max -> "max";
            case Average -> "avg";
            case Last -> "last";
          };
      return events + macro("map", figure.events().slot(), figure.value()) + "." + name + "()";
    }
    return events + ".size()";
  }

  private static String events(Expr.Events events) {
    EventWindow window = events.window();
    StringBuilder text = new StringBuilder("events(").append(constant(events.name()));
    if (window.to() != null) {
      text.append(", ").append(of(window.from())).append(", ").append(of(window.to()));
    } else if (window.from() instanceof Expr.Now now) {
      text.append(", ").append(CelLiterals.of(now.offset().negated()));
    }
    text.append(')');
    return events.filter() == null
        ? text.toString()
        : text + macro("filter", events.slot(), events.filter());
  }

  private static String macro(String name, int slot, Expr body) {
    return "." + name + "(" + variable(slot) + ", " + of(body) + ")";
  }

  private static String variable(int slot) {
    return "e" + (slot == 0 ? "" : slot);
  }

  /** In parentheses where it would be read in another way. */
  private static String inner(Expr expr) {
    boolean open =
        expr instanceof Expr.And
            || expr instanceof Expr.Or
            || expr instanceof Expr.Compare
            || expr instanceof Expr.OneOf
            || expr instanceof Expr.Includes
            || expr instanceof Expr.Choice
            || expr instanceof Expr.Arithmetic
            || expr instanceof Expr.Between;
    return open ? "(" + of(expr) + ")" : of(expr);
  }

  private static String joined(List<Expr> operands, String operator) {
    return operands.stream()
        .map(o -> o instanceof Expr.And || o instanceof Expr.Or ? inner(o) : of(o))
        .collect(Collectors.joining(operator));
  }

  private static String list(List<Expr.Literal> options) {
    return options.stream().map(o -> constant(o.value())).collect(Collectors.joining(", "));
  }

  private static String shifted(Duration by) {
    if (by.isZero()) {
      return "";
    }
    return (by.isNegative() ? " - " : " + ") + CelLiterals.of(by.abs());
  }

  private static String constant(Object value) {
    if (value instanceof String text) {
      return CelLiterals.of(text);
    }
    if (value instanceof Instant moment) {
      return CelLiterals.of(moment);
    }
    return value instanceof Duration length ? CelLiterals.of(length) : String.valueOf(value);
  }

  private static String sign(Expr.Comparison comparison) {
    return switch (comparison) {
      case Equal -> "==";
      case NotEqual -> "!=";
      case Less -> "<";
      case LessOrEqual -> "<=";
      case Greater -> ">";
      case GreaterOrEqual -> ">=";
    };
  }

  private static String sign(Expr.Operation operation) {
    return switch (operation) {
      case Add -> "+";
      case Subtract -> "-";
      case Multiply -> "*";
      case Divide -> "/";
      case Remainder -> "%";
    };
  }
}
