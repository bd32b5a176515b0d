package dev.lettershop.rule.ast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes an {@link Expr} as text that reads like CEL, for people. Thread-safe. */
public final class ExprText {
  private static final ExprVisitor<String> WRITER = new Writer();

  private ExprText() {}

  public static String of(Expr expr) {
    return WRITER.visit(expr);
  }

  /** The same, each part of a conjunction on a line of its own. */
  public static String lines(Expr expr) {
    return expr instanceof Expr.And and ? joined(and.operands(), "\n&& ") : of(expr);
  }

  /** An enum's name as functions are written. */
  private static String function(Enum<?> named) {
    return Character.toLowerCase(named.name().charAt(0)) + named.name().substring(1);
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

  private static final class Writer implements ExprVisitor<String> {
    @Override
    public String literal(Expr.Literal node) {
      return constant(node.value());
    }

    @Override
    public String attribute(Expr.Attribute node) {
      return "profile." + node.name();
    }

    @Override
    public String property(Expr.Property node) {
      return variable(node.slot()) + "." + node.name();
    }

    @Override
    public String occurredAt(Expr.OccurredAt node) {
      return variable(node.slot()) + ".occurred_at";
    }

    @Override
    public String element(Expr.Element node) {
      return variable(node.slot());
    }

    @Override
    public String now(Expr.Now node) {
      return "now" + shifted(node.offset());
    }

    @Override
    public String has(Expr.Has node) {
      return "has(" + of(node.reference()) + ")";
    }

    @Override
    public String and(Expr.And node) {
      return joined(node.operands(), " && ");
    }

    @Override
    public String or(Expr.Or node) {
      return joined(node.operands(), " || ");
    }

    @Override
    public String not(Expr.Not node) {
      return "!" + inner(node.operand());
    }

    @Override
    public String choice(Expr.Choice node) {
      return inner(node.condition()) + " ? " + inner(node.then()) + " : " + inner(node.otherwise());
    }

    @Override
    public String compare(Expr.Compare node) {
      return inner(node.left()) + " " + sign(node.comparison()) + " " + inner(node.right());
    }

    @Override
    public String oneOf(Expr.OneOf node) {
      return inner(node.value()) + " in [" + list(node.options()) + "]";
    }

    @Override
    public String includes(Expr.Includes node) {
      return inner(node.element()) + " in " + inner(node.list());
    }

    @Override
    public String textTest(Expr.TextTest node) {
      return inner(node.text()) + "." + function(node.question()) + "(" + of(node.argument()) + ")";
    }

    @Override
    public String matches(Expr.Matches node) {
      return inner(node.text()) + ".matches(" + constant(node.pattern().source()) + ")";
    }

    @Override
    public String textChange(Expr.TextChange node) {
      return inner(node.text()) + "." + function(node.edit()) + "()";
    }

    @Override
    public String size(Expr.Size node) {
      return inner(node.of()) + ".size()";
    }

    @Override
    public String arithmetic(Expr.Arithmetic node) {
      return inner(node.left()) + " " + sign(node.operation()) + " " + inner(node.right());
    }

    @Override
    public String convert(Expr.Convert node) {
      String function = node.type() == ValueType.Integer ? "int" : node.type().name();
      return function.toLowerCase(Locale.ROOT) + "(" + of(node.value()) + ")";
    }

    @Override
    public String shift(Expr.Shift node) {
      return inner(node.timestamp()) + shifted(node.by());
    }

    @Override
    public String between(Expr.Between node) {
      return inner(node.later()) + " - " + inner(node.earlier());
    }

    @Override
    public String anyEvent(Expr.AnyEvent node) {
      return events(node.events()) + macro("exists", node.events().slot(), node.predicate());
    }

    @Override
    public String anyElement(Expr.AnyElement node) {
      return inner(node.list()) + macro("exists", node.slot(), node.predicate());
    }

    @Override
    public String eventCount(Expr.EventCount node) {
      return events(node.events()) + ".size()";
    }

    @Override
    public String eventFigure(Expr.EventFigure node) {
      String name =
          switch (node.figure()) {
            case Sum -> "sum";
            case Min -> "min";
            case Max -> "max";
            case Average -> "avg";
            case Last -> "last";
          };
      return events(node.events())
          + macro("map", node.events().slot(), node.value())
          + "."
          + name
          + "()";
    }

    @Override
    public String calendarPart(Expr.CalendarPart node) {
      String zone = node.zone() == null ? "" : of(node.zone());
      return inner(node.timestamp()) + "." + node.part().function() + "(" + zone + ")";
    }

    @Override
    public String anniversary(Expr.Anniversary node) {
      return "isAnniversary("
          + of(node.timestamp())
          + ", "
          + node.days()
          + (node.zone() == null ? "" : ", " + of(node.zone()))
          + ")";
    }

    @Override
    public String score(Expr.Score node) {
      return "score(" + constant(node.model()) + ")";
    }

    @Override
    public String cluster(Expr.Cluster node) {
      return "cluster(" + constant(node.model()) + ")";
    }

    @Override
    public String inSegment(Expr.InSegment node) {
      return "inSegment(" + constant(node.segment()) + ")";
    }
  }
}
