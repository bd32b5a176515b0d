package dev.lettershop.models;

import dev.lettershop.models.artefact.Recipe;
import dev.lettershop.models.table.Rows;
import dev.lettershop.models.table.Sample;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.model.FeatureRows;
import dev.lettershop.store.rule.FeatureSql;
import java.time.Instant;

/** Reads people to learn from, bounded in memory however many there are. */
final class TrainingReader {
  /** 64 MB of numbers in all. */
  private static final int MOST_NUMBERS = 16 << 20;

  private static final int MOST_PEOPLE = 1_000_000;

  private final FeatureRows features;
  private final ProfileSchema schema;
  private final Recipe.Compiled recipe;

  TrainingReader(FeatureRows features, ProfileSchema schema, Recipe.Compiled recipe) {
    this.features = features;
    this.schema = schema;
    this.recipe = recipe;
  }

  /**
   * A sample of the population as of a moment.
   *
   * @param moments how many are read, which share the memory
   * @param label null for none; those of whom it is unknown are left out
   */
  Rows at(Instant moment, Rule label, Instant labelAt, int moments) {
    int columns = recipe.features().size();
    Sample sample = new Sample(columns, Math.min(MOST_PEOPLE, MOST_NUMBERS / columns) / moments);
    features.read(
        schema,
        new FeatureSql.Question(recipe.population(), recipe.features(), moment, label, labelAt),
        (profile, row, came) -> {
          if (label == null || came != null) {
            sample.add(profile, row, label != null && came);
          }
        });
    return sample.rows();
  }
}
