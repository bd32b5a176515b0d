package dev.lettershop.rule.evaluate;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Expr.Comparison;
import dev.lettershop.rule.ast.ExprVisitor;
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
  private final ExprVisitor<Compiled> compiler = new Compiler();

  /** How a Boolean expression is answered. */
  public Test test(Expr expr) {
    return compiler.visit(expr).test();
  }

  /** How any expression is read. */
  public Read read(Expr expr) {
    return compiler.visit(expr).read();
  }

  /** One expression, made ready to be asked for its truth or for its value. */
  private interface Compiled {
    Test test();

    Read read();
  }

  private record Tested(Test test) implements Compiled {
    @Override
    public Read read() {
      return frame ->
          switch (test.of(frame)) {
            case True -> Boolean.TRUE;
            case False -> Boolean.FALSE;
            case Unknown -> null;
          };
    }
  }

  private record Valued(Read read) implements Compiled {
    @Override
    public Test test() {
      return frame -> truth(read.of(frame));
    }
  }

  /** Null for UTC. */
  Read zone(Expr zone) {
    return zone == null ? null : read(zone);
  }

  private static Truth truth(Object value) {
    return value == null ? Truth.Unknown : Truth.of((Boolean) value);
  }

  private Test[] tests(List<Expr> operands) {
    return operands.stream().map(this::test).toArray(Test[]::new);
  }

  private Test compared(Expr.Compare compare) {
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

  private Test isOneOf(Expr.OneOf oneOf) {
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

  private Test isIncluded(Expr.Includes includes) {
    Read list = read(includes.list());
    Read element = read(includes.element());
    return frame -> {
      Object in = list.of(frame);
      Object wanted = in == null ? null : element.of(frame);
      return wanted == null ? Truth.Unknown : Truth.of(((List<?>) in).contains(wanted));
    };
  }

  private Test isMatched(Expr.Matches matches) {
    Read text = read(matches.text());
    TextPattern pattern = matches.pattern();
    return frame -> {
      Object value = text.of(frame);
      return value == null ? Truth.Unknown : Truth.of(pattern.isFoundIn((String) value));
    };
  }

  private Test textIs(Expr.TextTest test) {
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

  private Test isTrueOfAny(Expr.AnyElement any) {
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

  private final class Compiler implements ExprVisitor<Compiled> {
    @Override
    public Compiled literal(Expr.Literal node) {
      return new Valued(values.literal(node));
    }

    @Override
    public Compiled attribute(Expr.Attribute node) {
      return new Valued(values.attribute(node));
    }

    @Override
    public Compiled property(Expr.Property node) {
      return new Valued(values.property(node));
    }

    @Override
    public Compiled occurredAt(Expr.OccurredAt node) {
      return new Valued(values.occurredAt(node));
    }

    @Override
    public Compiled element(Expr.Element node) {
      return new Valued(values.element(node));
    }

    @Override
    public Compiled now(Expr.Now node) {
      return new Valued(values.now(node));
    }

    @Override
    public Compiled has(Expr.Has node) {
      Read reference = read(node.reference());
      return new Tested(frame -> Truth.of(reference.of(frame) != null));
    }

    @Override
    public Compiled and(Expr.And node) {
      return new Tested(KleeneLogic.and(tests(node.operands())));
    }

    @Override
    public Compiled or(Expr.Or node) {
      return new Tested(KleeneLogic.or(tests(node.operands())));
    }

    @Override
    public Compiled not(Expr.Not node) {
      Test operand = Evaluation.this.test(node.operand());
      return new Tested(frame -> operand.of(frame).not());
    }

    @Override
    public Compiled choice(Expr.Choice node) {
      return new Valued(values.choice(node));
    }

    @Override
    public Compiled compare(Expr.Compare node) {
      return new Tested(compared(node));
    }

    @Override
    public Compiled oneOf(Expr.OneOf node) {
      return new Tested(isOneOf(node));
    }

    @Override
    public Compiled includes(Expr.Includes node) {
      return new Tested(isIncluded(node));
    }

    @Override
    public Compiled textTest(Expr.TextTest node) {
      return new Tested(textIs(node));
    }

    @Override
    public Compiled matches(Expr.Matches node) {
      return new Tested(isMatched(node));
    }

    @Override
    public Compiled textChange(Expr.TextChange node) {
      return new Valued(values.textChange(node));
    }

    @Override
    public Compiled size(Expr.Size node) {
      return new Valued(values.size(node));
    }

    @Override
    public Compiled arithmetic(Expr.Arithmetic node) {
      return new Valued(Calculator.of(node, read(node.left()), read(node.right())));
    }

    @Override
    public Compiled convert(Expr.Convert node) {
      return new Valued(values.convert(node));
    }

    @Override
    public Compiled shift(Expr.Shift node) {
      return new Valued(values.shift(node));
    }

    @Override
    public Compiled between(Expr.Between node) {
      return new Valued(values.between(node));
    }

    @Override
    public Compiled anyEvent(Expr.AnyEvent node) {
      return new Tested(scan.any(node));
    }

    @Override
    public Compiled anyElement(Expr.AnyElement node) {
      return new Tested(isTrueOfAny(node));
    }

    @Override
    public Compiled eventCount(Expr.EventCount node) {
      return new Valued(scan.figure(node));
    }

    @Override
    public Compiled eventFigure(Expr.EventFigure node) {
      return new Valued(scan.figure(node));
    }

    @Override
    public Compiled calendarPart(Expr.CalendarPart node) {
      return new Valued(Calendar.part(node, read(node.timestamp()), zone(node.zone())));
    }

    @Override
    public Compiled anniversary(Expr.Anniversary node) {
      return new Tested(Calendar.anniversary(node, read(node.timestamp()), zone(node.zone())));
    }

    @Override
    public Compiled score(Expr.Score node) {
      return new Valued(values.score(node));
    }

    @Override
    public Compiled cluster(Expr.Cluster node) {
      return new Valued(values.cluster(node));
    }

    @Override
    public Compiled inSegment(Expr.InSegment node) {
      return visit(node.rule());
    }
  }
}
