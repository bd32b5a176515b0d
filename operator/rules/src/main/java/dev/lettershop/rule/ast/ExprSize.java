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
}
