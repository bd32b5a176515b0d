package dev.lettershop.models;

import dev.lettershop.api.v1alpha1.model.Classification;
import dev.lettershop.models.artefact.Artefact;
import dev.lettershop.models.artefact.Recipe;
import dev.lettershop.models.cluster.Groups;
import dev.lettershop.models.table.Rows;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.resource.DurationText;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads people, learns from them, and judges what was learnt. Writes nothing. */
final class ModelTraining {
  private final Store store;
  private final ModelPlan plan;
  private final Recipe recipe;

  ModelTraining(Store store, ModelPlan plan) {
    this.store = store;
    this.plan = plan;
    this.recipe = Recipe.of(plan);
  }

  /**
   * @param before the version in use, if there is one
   */
  Trained train(Instant now, Optional<Artefact> before) {
    if (plan.spec().recommend() != null) {
      return new RecommendationTraining(store.interactions(), plan.spec().recommend(), recipe)
          .train(now);
    }
    TrainingReader reading = new TrainingReader(store.features(), schema(), compiled());
    if (plan.spec().cluster() != null) {
      Groups groups =
          before
              .filter(b -> b.groups() != null && b.recipe().features().equals(recipe.features()))
              .map(Artefact::groups)
              .orElse(null);
      return new GroupTraining(plan.spec().cluster(), recipe)
          .train(reading.at(now, null, null, 1), groups);
    }
    Classification classify = plan.spec().classify();
    Duration horizon = DurationText.read(classify.horizon()).orElseThrow();
    Rule label = label(classify);
    int moments = classify.cutOffs();
    Rows earlier = null;
    for (int i = moments; i > 1; i--) {
      Rows rows = at(reading, now, horizon.multipliedBy(i), horizon, label, moments);
      earlier = earlier == null ? rows : earlier.and(rows);
    }
    Rows newest = at(reading, now, horizon, horizon, label, moments);
    return new ChanceTraining(classify, recipe).train(earlier, newest);
  }

  private static Rows at(
      TrainingReader reading,
      Instant now,
      Duration ago,
      Duration horizon,
      Rule label,
      int moments) {
    Instant moment = now.minus(ago);
    return reading.at(moment, label, moment.plus(horizon), moments);
  }

  private Rule label(Classification classify) {
    return new RuleCompiler(schema(), plan.segments()).compileAsOf(classify.label()).rule();
  }

  private ProfileSchema schema() {
    return plan.store().schema();
  }

  private Recipe.Compiled compiled() {
    try {
      return recipe.compile(schema());
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "The plan of model "
              + plan.name()
              + " does not compile with this version of Lettershop ("
              + e.getMessage()
              + "); make the plan again from its resources",
          e);
    }
  }
}
