package dev.lettershop.worker;

import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.plan.Plan;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import java.util.List;
import java.util.Map;

/** The rules of a plan, compiled again from their text. */
public final class PlanRules {
  private final RuleCompiler compiler;

  public PlanRules(Plan plan) {
    this(plan.store(), plan.segments(), plan.namespace());
  }

  public PlanRules(Plan.Store store, Map<String, String> segments, String namespace) {
    this.compiler = new RuleCompiler(store.schema(), segments, namespace);
  }

  public Rule compile(String cel) {
    return sound(compiler.compile(cel));
  }

  /** About one event and the profile that it happened to. */
  public Rule compileAboutEvent(String event, String cel) {
    return sound(compiler.compileAboutEvent(event, cel));
  }

  public Rule segment(String name) {
    return sound(compiler.compileNamed(name));
  }

  /** What a content rule asks for. */
  public Rule of(ContentRule rule) {
    return rule.segment() == null ? compile(rule.when()) : segment(rule.segment());
  }

  public List<Rule> segments(List<String> names) {
    return names.stream().map(this::segment).toList();
  }

  private static Rule sound(RuleResult result) {
    if (result.rule() == null) {
      throw RunException.configuration(
          "A rule of the plan does not compile with this version of Lettershop ("
              + result.problems().get(0).message()
              + "); make the plan again from its resources");
    }
    return result.rule();
  }
}
