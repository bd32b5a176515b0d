package dev.lettershop.rule;

import dev.lettershop.api.v1alpha1.segment.SegmentRules;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprSize;
import dev.lettershop.rule.ast.ExprText;
import dev.lettershop.rule.parse.Purpose;
import dev.lettershop.rule.parse.Segments;
import dev.lettershop.rule.structured.StructuredRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Structured rules. */
record StructuredSource(SegmentRules rules, ProfileSchema schema) implements RuleSource {
  @Override
  public Set<String> references() {
    return StructuredRules.references(rules);
  }

  @Override
  public Expr compile(Segments segments, int slot, Purpose purpose, List<FieldProblem> problems) {
    List<FieldProblem> own = new ArrayList<>();
    Expr expr = new StructuredRules(schema, segments, slot, purpose, own).compile(rules);
    if (!hasErrors(own)) {
      ExprSize.of(expr)
          .check(
              (message, fix) ->
                  own.add(
                      new FieldProblem(StructuredRules.FIELD, Problem.error(null, message, fix))));
    }
    problems.addAll(own);
    return hasErrors(own) ? null : expr;
  }

  private static boolean hasErrors(List<FieldProblem> problems) {
    return problems.stream().anyMatch(found -> found.problem().isError());
  }

  @Override
  public String text(Expr expr) {
    return ExprText.lines(expr);
  }
}
