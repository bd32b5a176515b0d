package dev.lettershop.store.rule;

import dev.lettershop.rule.ast.Expr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells which Boolean expressions are never unknown, so that SQL need not tell NULL from FALSE.
 * {@code has(e.price) && e.price > 100.0} is one: where the price is missing, {@code has} is false,
 * and with it the whole.
 */
final class Certainty {
  private Certainty() {}

  /** Errs on the side of "no". */
  static boolean isCertain(Expr expr) {
    return isCertain(expr, Set.of());
  }

  /**
   * @param present references that have a value wherever the expression matters
   */
  private static boolean isCertain(Expr expr, Set<Expr> present) {
    if (expr instanceof Expr.And and) {
      Set<Expr> more = new HashSet<>(present);
      for (Expr operand : and.operands()) {
        if (operand instanceof Expr.Has has) {
          more.add(has.reference());
        }
      }
      return all(and.operands(), more);
    }
    if (expr instanceof Expr.Or or) {
      return all(or.operands(), present);
    }
    if (expr instanceof Expr.Not not) {
      return isCertain(not.operand(), present);
    }
    if (expr instanceof Expr.InSegment segment) {
      return isCertain(segment.rule(), present);
    }
    if (expr instanceof Expr.Compare compare) {
      return isCertain(compare.left(), present) && isCertain(compare.right(), present);
    }
    if (expr instanceof Expr.OneOf oneOf) {
      return isCertain(oneOf.value(), present);
    }
    if (expr instanceof Expr.TextTest test) {
      return isCertain(test.text(), present) && isCertain(test.argument(), present);
    }
    return expr instanceof Expr.Has
        || expr instanceof Expr.Literal
        || expr instanceof Expr.Now
        || expr instanceof Expr.OccurredAt
        || expr instanceof Expr.Element
        || present.contains(expr);
  }

  private static boolean all(List<Expr> operands, Set<Expr> present) {
    return operands.stream().allMatch(operand -> isCertain(operand, present));
  }
}
