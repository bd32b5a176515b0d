package dev.lettershop.rule.structured;

import dev.lettershop.rule.ast.Expr;
import java.util.List;
import java.util.function.Function;

/** Joins conditions in the form that the same rule has when it is written as CEL. */
final class Junction {
  /** Stands where a problem was reported. */
  static final Expr FAULTY = Expr.Literal.of(false);

  private Junction() {}

  /**
   * @param conditions at least one
   */
  static Expr and(List<Expr> conditions) {
    return joined(
        conditions,
        condition -> condition instanceof Expr.And and ? and.operands() : List.of(condition),
        Expr.And::new);
  }

  /**
   * @param conditions at least one
   */
  static Expr or(List<Expr> conditions) {
    return joined(
        conditions,
        condition -> condition instanceof Expr.Or or ? or.operands() : List.of(condition),
        Expr.Or::new);
  }

  static Expr not(Expr condition) {
    return condition instanceof Expr.Not not ? not.operand() : new Expr.Not(condition);
  }

  private static Expr joined(
      List<Expr> conditions,
      Function<Expr, List<Expr>> operands,
      Function<List<Expr>, Expr> junction) {
    List<Expr> flat =
        conditions.stream().flatMap(condition -> operands.apply(condition).stream()).toList();
    return flat.size() == 1 ? flat.get(0) : junction.apply(flat);
  }
}
