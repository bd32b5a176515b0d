package dev.lettershop.rule.ast;

/** How large an expression is. */
public record ExprSize(int nodes, int depth) {

  public static ExprSize of(Expr expr) {
    int nodes = 1;
    int depth = 0;
    for (Expr child : ExprParts.of(expr)) {
      ExprSize size = of(child);
      nodes += size.nodes;
      depth = Math.max(depth, size.depth);
    }
    return new ExprSize(nodes, depth + 1);
  }

  /** Reports an expression that is larger than {@link Limits} allow. */
  public void check(Moments.Fault fault) {
    if (depth > Limits.DEPTH || nodes > Limits.NODES) {
      fault.report(
          "the rule, with the segments in it, has "
              + nodes
              + " parts nested "
              + depth
              + " deep; the most is "
              + Limits.NODES
              + " and "
              + Limits.DEPTH,
          "write value in [a, b, …] instead of many comparisons, or simplify the segments");
    }
  }
}
