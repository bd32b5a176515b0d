package dev.lettershop.rule;

import dev.lettershop.diagnostic.Problem;
import java.util.List;

/**
 * What compiling a rule came to.
 *
 * @param rule null when there is an error among the problems
 * @param problems all that was found, errors and warnings, in the order of the text
 */
public record RuleResult(Rule rule, List<Problem> problems) {
  public RuleResult {
    problems = List.copyOf(problems);
  }

  public boolean isOk() {
    return rule != null;
  }
}
