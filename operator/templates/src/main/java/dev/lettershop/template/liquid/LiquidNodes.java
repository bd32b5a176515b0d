package dev.lettershop.template.liquid;

import java.util.Collection;
import java.util.Map;
import liqp.Insertions;
import liqp.nodes.AtomNode;
import liqp.nodes.LNode;
import liqp.parser.v4.NodeVisitor;
import liquid.parser.v4.LiquidParser;

/** Builds what liqp renders, with {@code blank} as Shopify documents it, which liqp leaves out. */
final class LiquidNodes extends NodeVisitor {
  LiquidNodes(Insertions tags) {
    super(tags, LiquidFilters.all(), true);
  }

  @Override
  public LNode visitExpr_eq(LiquidParser.Expr_eqContext expression) {
    LNode left = visit(expression.lhs);
    LNode right = visit(expression.rhs);
    if (left != AtomNode.BLANK && right != AtomNode.BLANK) {
      return super.visitExpr_eq(expression);
    }
    LNode asked = left == AtomNode.BLANK ? right : left;
    boolean wanted = expression.op.getType() == LiquidParser.Eq;
    return context -> isBlank(asked.render(context)) == wanted;
  }

  /** Nothing, false, white space only, or without items. */
  private static boolean isBlank(Object value) {
    return value == null
        || value == AtomNode.BLANK
        || Boolean.FALSE.equals(value)
        || value instanceof CharSequence text && text.toString().isBlank()
        || value instanceof Collection<?> items && items.isEmpty()
        || value instanceof Map<?, ?> group && group.isEmpty();
  }
}
