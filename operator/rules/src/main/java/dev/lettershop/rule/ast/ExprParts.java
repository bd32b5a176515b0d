package dev.lettershop.rule.ast;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The expressions that an expression is made of. */
public final class ExprParts {
  private static final ExprVisitor<List<Expr>> PARTS = new Parts();

  private ExprParts() {}

  /** Direct parts only. */
  public static List<Expr> of(Expr expr) {
    return PARTS.visit(expr);
  }

  private static List<Expr> present(Expr... parts) {
    return Arrays.stream(parts).filter(Objects::nonNull).toList();
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

  private static final class Parts implements ExprVisitor<List<Expr>> {
    @Override
    public List<Expr> literal(Expr.Literal node) {
      return List.of();
    }

    @Override
    public List<Expr> attribute(Expr.Attribute node) {
      return List.of();
    }

    @Override
    public List<Expr> property(Expr.Property node) {
      return List.of();
    }

    @Override
    public List<Expr> occurredAt(Expr.OccurredAt node) {
      return List.of();
    }

    @Override
    public List<Expr> element(Expr.Element node) {
      return List.of();
    }

    @Override
    public List<Expr> now(Expr.Now node) {
      return List.of();
    }

    @Override
    public List<Expr> has(Expr.Has node) {
      return List.of(node.reference());
    }

    @Override
    public List<Expr> and(Expr.And node) {
      return node.operands();
    }

    @Override
    public List<Expr> or(Expr.Or node) {
      return node.operands();
    }

    @Override
    public List<Expr> not(Expr.Not node) {
      return List.of(node.operand());
    }

    @Override
    public List<Expr> choice(Expr.Choice node) {
      return List.of(node.condition(), node.then(), node.otherwise());
    }

    @Override
    public List<Expr> compare(Expr.Compare node) {
      return List.of(node.left(), node.right());
    }

    @Override
    public List<Expr> oneOf(Expr.OneOf node) {
      return List.of(node.value());
    }

    @Override
    public List<Expr> includes(Expr.Includes node) {
      return List.of(node.list(), node.element());
    }

    @Override
    public List<Expr> textTest(Expr.TextTest node) {
      return List.of(node.text(), node.argument());
    }

    @Override
    public List<Expr> matches(Expr.Matches node) {
      return List.of(node.text());
    }

    @Override
    public List<Expr> textChange(Expr.TextChange node) {
      return List.of(node.text());
    }

    @Override
    public List<Expr> size(Expr.Size node) {
      return List.of(node.of());
    }

    @Override
    public List<Expr> arithmetic(Expr.Arithmetic node) {
      return List.of(node.left(), node.right());
    }

    @Override
    public List<Expr> convert(Expr.Convert node) {
      return List.of(node.value());
    }

    @Override
    public List<Expr> shift(Expr.Shift node) {
      return List.of(node.timestamp());
    }

    @Override
    public List<Expr> between(Expr.Between node) {
      return List.of(node.later(), node.earlier());
    }

    @Override
    public List<Expr> anyEvent(Expr.AnyEvent node) {
      return present(node.events().filter(), node.predicate());
    }

    @Override
    public List<Expr> anyElement(Expr.AnyElement node) {
      return List.of(node.list(), node.predicate());
    }

    @Override
    public List<Expr> eventCount(Expr.EventCount node) {
      return present(node.events().filter());
    }

    @Override
    public List<Expr> eventFigure(Expr.EventFigure node) {
      return present(node.events().filter(), node.value());
    }

    @Override
    public List<Expr> calendarPart(Expr.CalendarPart node) {
      return present(node.timestamp(), node.zone());
    }

    @Override
    public List<Expr> anniversary(Expr.Anniversary node) {
      return present(node.timestamp(), node.zone());
    }

    @Override
    public List<Expr> score(Expr.Score node) {
      return List.of();
    }

    @Override
    public List<Expr> cluster(Expr.Cluster node) {
      return List.of();
    }

    @Override
    public List<Expr> inSegment(Expr.InSegment node) {
      return List.of(node.rule());
    }
  }
}
