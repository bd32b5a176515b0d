package dev.lettershop.rule.ast;

/**
 * Something that is done to every kind of {@link Expr}. Whoever walks expressions implements this,
 * so that the compiler finds each place that a new kind of expression concerns.
 *
 * @param <T> what comes of one expression
 */
public interface ExprVisitor<T> {

  /** Calls the method for the expression's kind. */
  default T visit(Expr expr) {
    if (expr instanceof Expr.Literal node) {
      return literal(node);
    }
    if (expr instanceof Expr.Attribute node) {
      return attribute(node);
    }
    if (expr instanceof Expr.Property node) {
      return property(node);
    }
    if (expr instanceof Expr.OccurredAt node) {
      return occurredAt(node);
    }
    if (expr instanceof Expr.Element node) {
      return element(node);
    }
    if (expr instanceof Expr.Now node) {
      return now(node);
    }
    if (expr instanceof Expr.Has node) {
      return has(node);
    }
    if (expr instanceof Expr.And node) {
      return and(node);
    }
    if (expr instanceof Expr.Or node) {
      return or(node);
    }
    if (expr instanceof Expr.Not node) {
      return not(node);
    }
    if (expr instanceof Expr.Choice node) {
      return choice(node);
    }
    if (expr instanceof Expr.Compare node) {
      return compare(node);
    }
    if (expr instanceof Expr.OneOf node) {
      return oneOf(node);
    }
    if (expr instanceof Expr.Includes node) {
      return includes(node);
    }
    if (expr instanceof Expr.TextTest node) {
      return textTest(node);
    }
    if (expr instanceof Expr.Matches node) {
      return matches(node);
    }
    if (expr instanceof Expr.TextChange node) {
      return textChange(node);
    }
    if (expr instanceof Expr.Size node) {
      return size(node);
    }
    if (expr instanceof Expr.Arithmetic node) {
      return arithmetic(node);
    }
    if (expr instanceof Expr.Convert node) {
      return convert(node);
    }
    if (expr instanceof Expr.Shift node) {
      return shift(node);
    }
    if (expr instanceof Expr.Between node) {
      return between(node);
    }
    if (expr instanceof Expr.AnyEvent node) {
      return anyEvent(node);
    }
    if (expr instanceof Expr.AnyElement node) {
      return anyElement(node);
    }
    if (expr instanceof Expr.EventCount node) {
      return eventCount(node);
    }
    if (expr instanceof Expr.EventFigure node) {
      return eventFigure(node);
    }
    if (expr instanceof Expr.CalendarPart node) {
      return calendarPart(node);
    }
    if (expr instanceof Expr.Anniversary node) {
      return anniversary(node);
    }
    if (expr instanceof Expr.Score node) {
      return score(node);
    }
    if (expr instanceof Expr.Cluster node) {
      return cluster(node);
    }
    if (expr instanceof Expr.InSegment node) {
      return inSegment(node);
    }
    throw new IllegalStateException("no visit of " + expr.getClass().getSimpleName());
  }

  T literal(Expr.Literal node);

  T attribute(Expr.Attribute node);

  T property(Expr.Property node);

  T occurredAt(Expr.OccurredAt node);

  T element(Expr.Element node);

  T now(Expr.Now node);

  T has(Expr.Has node);

  T and(Expr.And node);

  T or(Expr.Or node);

  T not(Expr.Not node);

  T choice(Expr.Choice node);

  T compare(Expr.Compare node);

  T oneOf(Expr.OneOf node);

  T includes(Expr.Includes node);

  T textTest(Expr.TextTest node);

  T matches(Expr.Matches node);

  T textChange(Expr.TextChange node);

  T size(Expr.Size node);

  T arithmetic(Expr.Arithmetic node);

  T convert(Expr.Convert node);

  T shift(Expr.Shift node);

  T between(Expr.Between node);

  T anyEvent(Expr.AnyEvent node);

  T anyElement(Expr.AnyElement node);

  T eventCount(Expr.EventCount node);

  T eventFigure(Expr.EventFigure node);

  T calendarPart(Expr.CalendarPart node);

  T anniversary(Expr.Anniversary node);

  T score(Expr.Score node);

  T cluster(Expr.Cluster node);

  T inSegment(Expr.InSegment node);
}
