package dev.lettershop.models.artefact;

import dev.lettershop.api.v1alpha1.model.FeatureTransform;
import dev.lettershop.api.v1alpha1.model.ModelFeature;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Formula;
import dev.lettershop.rule.FormulaResult;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What people are asked, as text. A version carries its own, so that it can be used after the
 * resource has changed.
 *
 * @param population CEL; null for everybody
 * @param segments CEL of the segments that the others reach, by name
 */
public record Recipe(String population, List<ModelFeature> features, Map<String, String> segments) {
  public Recipe {
    features = List.copyOf(features);
    segments = segments == null ? Map.of() : Map.copyOf(segments);
  }

  public static Recipe of(ModelPlan plan) {
    return new Recipe(plan.spec().population(), plan.spec().features(), plan.segments());
  }

  /** Which features are taken by their logarithm. */
  public boolean[] logs() {
    boolean[] logs = new boolean[features.size()];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = features.get(i).transform() == FeatureTransform.Log;
    }
    return logs;
  }

  /** A recipe against a schema. */
  public record Compiled(Rule population, List<Formula> features) {}

  /**
   * @throws IllegalArgumentException when it does not compile against the schema any more
   */
  public Compiled compile(ProfileSchema schema) {
    RuleCompiler compiler = new RuleCompiler(schema, segments);
    RuleResult whom = compiler.compileAsOf(population == null ? "true" : population);
    if (whom.rule() == null) {
      throw new IllegalArgumentException(
          "the population does not compile: " + whom.problems().get(0).message());
    }
    List<Formula> formulas = new ArrayList<>();
    for (ModelFeature feature : features) {
      FormulaResult result = compiler.compileFormula(feature.value());
      if (result.formula() == null) {
        throw new IllegalArgumentException(
            "the feature "
                + feature.name()
                + " does not compile: "
                + result.problems().get(0).message());
      }
      formulas.add(result.formula());
    }
    return new Compiled(whom.rule(), formulas);
  }
}
