package dev.lettershop.rule.parse;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Moments;

/** Puts the meaning of a segment in place of its name. */
public interface Segments {
  /**
   * @param slot first free slot
   * @return null after reporting why not
   */
  Expr inline(String name, int slot, Moments.Fault fault);
}
