package dev.lettershop.rule;

import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What compiling a rule came to.
 *
 * @param rule null when there is an error among the problems
 * @param findings all that was found, errors and warnings, in the order of what was written; by
 *     field of a segment's spec: {@code expression}, or one such as {@code rules.all[1].value}
 * @param segments names of the segments that the rule refers to, also through other segments; those
 *     that exist and those that do not
 */
public record RuleResult(Rule rule, List<FieldProblem> findings, Set<String> segments) {
  public RuleResult {
    findings = List.copyOf(findings);
    segments = Collections.unmodifiableSet(new TreeSet<>(segments));
  }

  public boolean isOk() {
    return rule != null;
  }

  /** What was found, for somebody who knows where the rule stands. */
  public List<Problem> problems() {
    return findings.stream().map(FieldProblem::problem).toList();
  }
}
