package dev.lettershop.worker.preview;

import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.content.ContentSelector;
import dev.lettershop.rule.ast.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one content rule had to say about one profile.
 *
 * @param condition as the campaign has it: an expression, or {@code segment NAME}
 * @param answer True, False or Unknown
 * @param won slots that have their text from it
 * @param late slots that an earlier rule had filled already
 */
public record RuleTrace(
    int number, String condition, Truth answer, Map<String, String> won, List<String> late) {

  /** What each rule of a campaign had to say, in order. */
  static List<RuleTrace> of(List<ContentRule> rules, ContentSelector.Decision decision) {
    List<RuleTrace> traces = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      ContentRule rule = rules.get(i);
      ContentSelector.Outcome outcome = decision.outcomes().get(i);
      String condition = rule.segment() == null ? rule.when().strip() : "segment " + rule.segment();
      traces.add(new RuleTrace(i + 1, condition, outcome.answer(), outcome.won(), outcome.late()));
    }
    return traces;
  }
}
