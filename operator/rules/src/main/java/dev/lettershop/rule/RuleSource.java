package dev.lettershop.rule;

import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.parse.Purpose;
import dev.lettershop.rule.parse.Segments;
import java.util.List;
import java.util.Set;

/** A rule in one of the forms that it can be written in. */
interface RuleSource {
  /** Names of the segments that it names itself. */
  Set<String> references();

  /**
   * @param slot first free slot
   * @param problems takes what is found
   * @return null after reporting an error
   */
  Expr compile(Segments segments, int slot, Purpose purpose, List<FieldProblem> problems);

  /** The rule as CEL. */
  String text(Expr expr);
}
