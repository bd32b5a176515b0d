package dev.lettershop.worker;

import dev.lettershop.plan.Plan;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import java.util.List;
import java.util.Map;

/** The rules of a plan, compiled again from their text. */
final class PlanRules {
  private final RuleCompiler compiler;

  PlanRules(Plan plan) {
    this(plan.store(), plan.segments());
  }

  PlanRules(Plan.Store store, Map<String, String> segments) {
    this.compiler = new RuleCompiler(store.schema(), segments);
  }

  Rule compile(String cel) {
    return sound(compiler.compile(cel));
  }

  Rule segment(String name) {
    return sound(compiler.compileNamed(name));
  }

  List<Rule> segments(List<String> names) {
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
