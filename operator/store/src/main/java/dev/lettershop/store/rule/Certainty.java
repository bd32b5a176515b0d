package dev.lettershop.store.rule;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprVisitor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells which Boolean expressions are never unknown, so that SQL need not tell NULL from FALSE.
 * {@code has(e.price) && e.price > 100.0} is one: where the price is missing, {@code has} is false,
 * and with it the whole.
 */
final class Certainty implements ExprVisitor<Boolean> {
  /** References that have a value wherever the expression matters. */
  private final Set<Expr> present;

  private Certainty(Set<Expr> present) {
    this.present = present;
  }

  /** Errs on the side of "no". */
  static boolean isCertain(Expr expr) {
    return new Certainty(Set.of()).visit(expr);
  }

  private boolean all(List<Expr> operands) {
    return operands.stream().allMatch(this::visit);
  }

  @Override
  public Boolean literal(Expr.Literal node) {
    return true;
  }

  @Override
  public Boolean attribute(Expr.Attribute node) {
    return present.contains(node);
  }

  @Override
  public Boolean property(Expr.Property node) {
    return present.contains(node);
  }

  @Override
  public Boolean occurredAt(Expr.OccurredAt node) {
    return true;
  }

  @Override
  public Boolean element(Expr.Element node) {
    return true;
  }

  @Override
  public Boolean now(Expr.Now node) {
    return true;
  }

  @Override
  public Boolean has(Expr.Has node) {
    return true;
  }

  @Override
  public Boolean and(Expr.And node) {
    Set<Expr> more = new HashSet<>(present);
    for (Expr operand : node.operands()) {
      if (operand instanceof Expr.Has has) {
        more.add(has.reference());
      }
    }
    return new Certainty(more).all(node.operands());
  }

  @Override
  public Boolean or(Expr.Or node) {
    return all(node.operands());
  }

  @Override
  public Boolean not(Expr.Not node) {
    return visit(node.operand());
  }

  @Override
  public Boolean choice(Expr.Choice node) {
    return present.contains(node);
  }

  @Override
  public Boolean compare(Expr.Compare node) {
    return visit(node.left()) && visit(node.right());
  }

  @Override
  public Boolean oneOf(Expr.OneOf node) {
    return visit(node.value());
  }

  @Override
  public Boolean includes(Expr.Includes node) {
    return present.contains(node);
  }

  @Override
  public Boolean textTest(Expr.TextTest node) {
    return visit(node.text()) && visit(node.argument());
  }

  @Override
  public Boolean matches(Expr.Matches node) {
    return present.contains(node);
  }

  @Override
  public Boolean textChange(Expr.TextChange node) {
    return present.contains(node);
  }

  @Override
  public Boolean size(Expr.Size node) {
    return present.contains(node);
  }

  @Override
  public Boolean arithmetic(Expr.Arithmetic node) {
    return present.contains(node);
  }

  @Override
  public Boolean convert(Expr.Convert node) {
    return present.contains(node);
  }

  @Override
  public Boolean shift(Expr.Shift node) {
    return present.contains(node);
  }

  @Override
  public Boolean between(Expr.Between node) {
    return present.contains(node);
  }

  @Override
  public Boolean anyEvent(Expr.AnyEvent node) {
    return present.contains(node);
  }

  @Override
  public Boolean anyElement(Expr.AnyElement node) {
    return present.contains(node);
  }

  @Override
  public Boolean eventCount(Expr.EventCount node) {
    return present.contains(node);
  }

  @Override
  public Boolean eventFigure(Expr.EventFigure node) {
    return present.contains(node);
  }

  @Override
  public Boolean calendarPart(Expr.CalendarPart node) {
    return present.contains(node);
  }

  @Override
  public Boolean anniversary(Expr.Anniversary node) {
    return present.contains(node);
  }

  @Override
  public Boolean score(Expr.Score node) {
    return present.contains(node);
  }

  @Override
  public Boolean cluster(Expr.Cluster node) {
    return present.contains(node);
  }

  @Override
  public Boolean inSegment(Expr.InSegment node) {
    return visit(node.rule());
  }
}
