package dev.lettershop.rule.evaluate;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Expr.Comparison;
import dev.lettershop.rule.ast.TextPattern;
import dev.lettershop.rule.ast.Texts;
import dev.lettershop.rule.ast.Truth;
import dev.lettershop.rule.ast.ValueType;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The engine that works in memory: turns an {@link Expr} into nested functions, once for each rule.
 */
public final class Evaluation {

  /** A Boolean expression. */
  public interface Test {
    Truth of(Frame frame);
  }

  /**
   * Any expression: String, Boolean, Long, Double, Instant, Long microseconds (Duration), List of
   * String, or null for unknown.
   */
  public interface Read {
    Object of(Frame frame);
  }

  private final Values values = new Values(this);
  private final EventScan scan = new EventScan(this);

  public Test test(Expr expr) {
    if (expr instanceof Expr.Compare compare) {
      return compare(compare);
    }
    if (expr instanceof Expr.And and) {
      return conjunction(and.operands().stream().map(this::test).toArray(Test[]::new));
    }
    if (expr instanceof Expr.Or or) {
      return disjunction(or.operands().stream().map(this::test).toArray(Test[]::new));
    }
    if (expr instanceof Expr.Not not) {
      Test operand = test(not.operand());
      return frame -> operand.of(frame).not();
    }
    if (expr instanceof Expr.Has has) {
      Read reference = read(has.reference());
      return frame -> Truth.of(reference.of(frame) != null);
    }
    if (expr instanceof Expr.OneOf oneOf) {
      return oneOf(oneOf);
    }
    if (expr instanceof Expr.Includes includes) {
      return includes(includes);
    }
    if (expr instanceof Expr.TextTest text) {
      return textTest(text);
    }
    if (expr instanceof Expr.Matches matches) {
      Read text = read(matches.text());
      TextPattern pattern = matches.pattern();
      return frame -> {
        Object value = text.of(frame);
        return value == null ? Truth.Unknown : Truth.of(pattern.isFoundIn((String) value));
      };
    }
    if (expr instanceof Expr.AnyEvent any) {
      return scan.any(any);
    }
    if (expr instanceof Expr.AnyElement any) {
      return anyElement(any);
    }
    if (expr instanceof Expr.InSegment segment) {
      return test(segment.rule());
    }
    if (expr instanceof Expr.Anniversary anniversary) {
      return Calendar.anniversary(
          anniversary, read(anniversary.timestamp()), zone(anniversary.zone()));
    }
    Read value = expr instanceof Expr.EventFigure ? scan.figure(expr) : values.read(expr);
    return frame -> truth(value.of(frame));
  }

  public Read read(Expr expr) {
    boolean isTest =
        expr.type() == ValueType.Boolean
            && !(expr instanceof Expr.Literal
                || expr instanceof Expr.Attribute
                || expr instanceof Expr.Property
                || expr instanceof Expr.EventFigure
                || expr instanceof Expr.Choice);
    if (!isTest) {
      return expr instanceof Expr.EventCount || expr instanceof Expr.EventFigure
          ? scan.figure(expr)
          : values.read(expr);
    }
    Test test = test(expr);
    return frame ->
        switch (test.of(frame)) {
          case True -> Boolean.TRUE;
          case False -> Boolean.FALSE;
          case Unknown -> null;
        };
  }

  /** Null for UTC. */
  Read zone(Expr zone) {
    return zone == null ? null : read(zone);
  }

  private static Truth truth(Object value) {
    return value == null ? Truth.Unknown : Truth.of((Boolean) value);
  }

  private static Test conjunction(Test[] operands) {
    return frame -> {
      Truth result = Truth.True;
      for (Test operand : operands) {
        Truth truth = operand.of(frame);
        if (truth == Truth.False) {
          return Truth.False;
        }
        if (truth == Truth.Unknown) {
          result = Truth.Unknown;
        }
      }
      return result;
    };
  }

  private static Test disjunction(Test[] operands) {
    return frame -> {
      Truth result = Truth.False;
      for (Test operand : operands) {
        Truth truth = operand.of(frame);
        if (truth == Truth.True) {
          return Truth.True;
        }
        if (truth == Truth.Unknown) {
          result = Truth.Unknown;
        }
      }
      return result;
    };
  }

  private Test compare(Expr.Compare compare) {
    Read left = read(compare.left());
    Read right = read(compare.right());
    Comparison comparison = compare.comparison();
    ValueType type = compare.left().type();
    boolean equality = comparison == Comparison.Equal || comparison == Comparison.NotEqual;
    if (equality && type != ValueType.Double) {
      boolean wanted = comparison == Comparison.Equal;
      return frame -> {
        Object a = left.of(frame);
        Object b = a == null ? null : right.of(frame);
        return b == null ? Truth.Unknown : Truth.of(a.equals(b) == wanted);
      };
    }
    return frame -> {
      Object a = left.of(frame);
      Object b = a == null ? null : right.of(frame);
      return b == null ? Truth.Unknown : Truth.of(holds(comparison, order(type, a, b)));
    };
  }

  /** Negative, 0 or positive. NaN never gets here: it counts as absent. */
  static int order(ValueType type, Object a, Object b) {
    return switch (type) {
      case String -> Texts.compare((String) a, (String) b);
      case Integer, Duration -> Long.compare((Long) a, (Long) b);
      case Double -> {
        double x = (Double) a;
        double y = (Double) b;
        yield x < y ? -1 : x > y ? 1 : 0; // 0.0 equals -0.0
      }
      case Timestamp -> ((Instant) a).compareTo((Instant) b);
      case Boolean -> Boolean.compare((Boolean) a, (Boolean) b);
      case StringList ->
          throw new IllegalStateException("the compiler let an order of " + type + " pass");
    };
  }

  private static boolean holds(Comparison comparison, int order) {
    return switch (comparison) {
      case Equal -> order == 0;
      case NotEqual -> order != 0;
      case Less -> order < 0;
      case LessOrEqual -> order <= 0;
      case Greater -> order > 0;
      case GreaterOrEqual -> order >= 0;
    };
  }

  private Test oneOf(Expr.OneOf oneOf) {
    Read value = read(oneOf.value());
    Set<Object> options = new HashSet<>();
    oneOf.options().forEach(option -> options.add(plainZero(Values.constant(option))));
    return frame -> {
      Object found = value.of(frame);
      return found == null ? Truth.Unknown : Truth.of(options.contains(plainZero(found)));
    };
  }

  /** {@link Double#equals} tells -0.0 from 0.0; rules do not. */
  private static Object plainZero(Object value) {
    return value instanceof Double number && number == 0 ? Double.valueOf(0.0) : value;
  }

  private Test includes(Expr.Includes includes) {
    Read list = read(includes.list());
    Read element = read(includes.element());
    return frame -> {
      Object in = list.of(frame);
      Object wanted = in == null ? null : element.of(frame);
      return wanted == null ? Truth.Unknown : Truth.of(((List<?>) in).contains(wanted));
    };
  }

  private Test textTest(Expr.TextTest test) {
    Read text = read(test.text());
    Read argument = read(test.argument());
    Expr.TextQuestion question = test.question();
    return frame -> {
      Object whole = text.of(frame);
      Object part = whole == null ? null : argument.of(frame);
      if (part == null) {
        return Truth.Unknown;
      }
      String a = (String) whole;
      String b = (String) part;
      return Truth.of(
          switch (question) {
            case Contains -> a.contains(b);
            case StartsWith -> a.startsWith(b);
            case EndsWith -> a.endsWith(b);
          });
    };
  }

  private Test anyElement(Expr.AnyElement any) {
    Read list = read(any.list());
    Test predicate = test(any.predicate());
    int slot = any.slot();
    return frame -> {
      Object elements = list.of(frame);
      if (elements == null) {
        return Truth.Unknown;
      }
      Truth result = Truth.False;
      for (Object element : (List<?>) elements) {
        frame.slots[slot] = element;
        Truth truth = predicate.of(frame);
        if (truth == Truth.True) {
          return Truth.True;
        }
        if (truth == Truth.Unknown) {
          result = Truth.Unknown;
        }
      }
      return result;
    };
  }
}
