package dev.lettershop.worker.preview;

import dev.lettershop.api.v1alpha1.ContentRule;
import dev.lettershop.profile.Profile;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.rule.ast.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

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

  /** Content of slots with the reasons. */
  record Decision(Map<String, String> content, List<RuleTrace> rules) {}

  /**
   * Decides per slot as {@link dev.lettershop.content.ContentSelector} does: the first rule that
   * holds, else the default.
   */
  static Decision decide(PreviewSubject subject, Profile profile, Instant now) {
    RuleCompiler compiler = new RuleCompiler(subject.store().schema(), subject.segments());
    Map<String, String> content = new TreeMap<>();
    List<RuleTrace> traces = new ArrayList<>();
    for (ContentRule rule : subject.rules()) {
      Truth answer = rule(compiler, rule).evaluate(profile, now);
      Map<String, String> won = new LinkedHashMap<>();
      List<String> late = new ArrayList<>();
      if (answer.isTrue()) {
        rule.set()
            .forEach(
                (slot, text) -> {
                  if (content.putIfAbsent(slot, text) == null) {
                    won.put(slot, text);
                  } else {
                    late.add(slot);
                  }
                });
      }
      String condition = rule.segment() == null ? rule.when().strip() : "segment " + rule.segment();
      traces.add(new RuleTrace(traces.size() + 1, condition, answer, won, late));
    }
    subject.template().slots().forEach(content::putIfAbsent);
    return new Decision(content, traces);
  }

  private static Rule rule(RuleCompiler compiler, ContentRule rule) {
    RuleResult result =
        rule.segment() == null
            ? compiler.compile(rule.when())
            : compiler.compileNamed(rule.segment());
    if (result.rule() == null) {
      throw new IllegalStateException("a rule of a sound campaign does not compile");
    }
    return result.rule();
  }

  /** Names of the events that the rules of a campaign ask for. */
  static Set<String> events(PreviewSubject subject) {
    return names(subject, Rule::eventNames);
  }

  /** Names of the models that they ask for. */
  static Set<String> models(PreviewSubject subject) {
    return names(subject, Rule::models);
  }

  private static Set<String> names(PreviewSubject subject, Function<Rule, Set<String>> asked) {
    RuleCompiler compiler = new RuleCompiler(subject.store().schema(), subject.segments());
    Set<String> names = new TreeSet<>();
    subject.rules().forEach(rule -> names.addAll(asked.apply(rule(compiler, rule))));
    return names;
  }
}
