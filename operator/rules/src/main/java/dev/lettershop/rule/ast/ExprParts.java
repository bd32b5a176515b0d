package dev.lettershop.rule.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The expressions that an expression is made of. */
public final class ExprParts {
  private ExprParts() {}

  /** Direct parts only. */
  public static List<Expr> of(Expr expr) {
    if (expr instanceof Expr.And and) {
      return and.operands();
    }
    if (expr instanceof Expr.Or or) {
      return or.operands();
    }
    List<Expr> parts = new ArrayList<>(3);
    if (expr instanceof Expr.Has has) {
      parts.add(has.reference());
    } else if (expr instanceof Expr.Not not) {
      parts.add(not.operand());
    } else if (expr instanceof Expr.Choice choice) {
      parts.add(choice.condition());
      parts.add(choice.then());
      parts.add(choice.otherwise());
    } else if (expr instanceof Expr.Compare compare) {
      parts.add(compare.left());
      parts.add(compare.right());
    } else if (expr instanceof Expr.OneOf oneOf) {
      parts.add(oneOf.value());
    } else if (expr instanceof Expr.Includes includes) {
      parts.add(includes.list());
      parts.add(includes.element());
    } else if (expr instanceof Expr.TextTest test) {
      parts.add(test.text());
      parts.add(test.argument());
    } else if (expr instanceof Expr.Matches matches) {
      parts.add(matches.text());
    } else if (expr instanceof Expr.TextChange change) {
      parts.add(change.text());
    } else if (expr instanceof Expr.Size size) {
      parts.add(size.of());
    } else if (expr instanceof Expr.Arithmetic arithmetic) {
      parts.add(arithmetic.left());
      parts.add(arithmetic.right());
    } else if (expr instanceof Expr.Convert convert) {
      parts.add(convert.value());
    } else if (expr instanceof Expr.Shift shift) {
      parts.add(shift.timestamp());
    } else if (expr instanceof Expr.Between between) {
      parts.add(between.later());
      parts.add(between.earlier());
    } else if (expr instanceof Expr.InSegment segment) {
      parts.add(segment.rule());
    } else if (expr instanceof Expr.CalendarPart part) {
      parts.add(part.timestamp());
      addZone(part.zone(), parts);
    } else if (expr instanceof Expr.Anniversary anniversary) {
      parts.add(anniversary.timestamp());
      addZone(anniversary.zone(), parts);
    } else {
      addLists(expr, parts);
    }
    return parts;
  }

  private static void addZone(Expr zone, List<Expr> parts) {
    if (zone != null) {
      parts.add(zone);
    }
  }

  private static void addLists(Expr expr, List<Expr> parts) {
    if (expr instanceof Expr.AnyEvent any) {
      addFilter(any.events(), parts);
      parts.add(any.predicate());
    } else if (expr instanceof Expr.AnyElement any) {
      parts.add(any.list());
      parts.add(any.predicate());
    } else if (expr instanceof Expr.EventCount count) {
      addFilter(count.events(), parts);
    } else if (expr instanceof Expr.EventFigure figure) {
      addFilter(figure.events(), parts);
      parts.add(figure.value());
    }
  }

  private static void addFilter(Expr.Events events, List<Expr> parts) {
    if (events.filter() != null) {
      parts.add(events.filter());
    }
  }

  /** The events that an expression is about, or null. */
  public static Expr.Events events(Expr expr) {
    if (expr instanceof Expr.AnyEvent any) {
      return any.events();
    }
    if (expr instanceof Expr.EventCount count) {
      return count.events();
    }
    return expr instanceof Expr.EventFigure figure ? figure.events() : null;
  }

  /** An expression and all parts of it, and of those. */
  public static void visit(Expr expr, Consumer<Expr> visitor) {
    visitor.accept(expr);
    of(expr).forEach(part -> visit(part, visitor));
  }
}
