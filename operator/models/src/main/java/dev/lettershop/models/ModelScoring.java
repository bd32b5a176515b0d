package dev.lettershop.models;

import dev.lettershop.api.v1alpha1.model.FeatureFigures;
import dev.lettershop.api.v1alpha1.model.GroupSize;
import dev.lettershop.models.artefact.Artefact;
import dev.lettershop.models.artefact.FeatureDistribution;
import dev.lettershop.models.artefact.Recipe;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.model.ModelKey;
import dev.lettershop.store.model.ModelScores;
import dev.lettershop.store.rule.FeatureSql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Says what a version means for everybody of its population, and writes that at once. */
final class ModelScoring {
  private static final int TENTHS = 10;

  private final Store store;
  private final ProfileSchema schema;
  private final Artefact version;
  private final Recipe.Compiled recipe;

  ModelScoring(Store store, ProfileSchema schema, Artefact version, Recipe.Compiled recipe) {
    this.recipe = recipe;
    this.store = store;
    this.schema = schema;
    this.version = version;
  }

  /**
   * What scoring came to.
   *
   * @param drift of each feature
   * @param groups empty for chances
   */
  record Scored(ModelScores.Written written, double[] drift, List<GroupSize> groups) {}

  Scored score(ModelKey model, Instant now) {
    Tally tally = new Tally(version);
    ModelScores.Written written =
        store
            .modelScores()
            .replace(
                model,
                sink -> {
                  tally.clear();
                  put(sink, tally, now);
                });
    return new Scored(written, tally.drift(), tally.groups());
  }

  /** Says what everybody would have, and writes nothing. */
  void put(ModelScores.Sink sink, Instant now) {
    put(sink, new Tally(version), now);
  }

  /** How everybody is spread, without writing anything. */
  Survey survey(Instant now) {
    Tally tally = new Tally(version);
    long[] tenths = new long[TENTHS];
    put(
        new ModelScores.Sink() {
          @Override
          public void put(long profile, Double score, String group) {
            if (score != null) {
              tenths[(int) Math.min(TENTHS - 1, Math.floor(score * TENTHS))]++;
            }
          }

          @Override
          public void keep(long profile) {
            throw new IllegalStateException("A version says something of everybody");
          }
        },
        tally,
        now);
    List<FeatureFigures> drift = new ArrayList<>();
    double[] drifts = tally.drift();
    for (int i = 0; i < drifts.length; i++) {
      drift.add(
          new FeatureFigures(
              version.recipe().features().get(i).name(), null, ChanceTraining.text(drifts[i])));
    }
    return new Survey(drift, version.groups() == null ? spread(tenths) : tally.groups());
  }

  private static List<GroupSize> spread(long[] tenths) {
    List<GroupSize> sizes = new ArrayList<>();
    for (int i = 0; i < tenths.length; i++) {
      sizes.add(new GroupSize("0." + i, tenths[i]));
    }
    return sizes;
  }

  private void put(ModelScores.Sink sink, Tally tally, Instant now) {
    store
        .features()
        .read(
            schema,
            new FeatureSql.Question(recipe.population(), recipe.features(), now, null, null),
            (profile, row, none) -> tally.put(sink, profile, row));
  }

  /** Counts while scoring. */
  private static final class Tally {
    private final Artefact version;
    private List<FeatureDistribution.Counts> counts;
    private long[] sizes;

    Tally(Artefact version) {
      this.version = version;
      clear();
    }

    void clear() {
      this.counts = version.spreads().stream().map(FeatureDistribution::counts).toList();
      this.sizes = new long[version.groups() == null ? 0 : version.groups().names().size()];
    }

    void put(ModelScores.Sink sink, long profile, float[] row) {
      for (int i = 0; i < row.length; i++) {
        counts.get(i).add(row[i]);
      }
      if (version.groups() == null) {
        sink.put(profile, version.chances().of(row), null);
      } else {
        int group = version.groups().of(row);
        sizes[group]++;
        sink.put(profile, null, version.groups().names().get(group));
      }
    }

    double[] drift() {
      double[] drift = new double[counts.size()];
      for (int i = 0; i < drift.length; i++) {
        drift[i] = version.spreads().get(i).drift(counts.get(i));
      }
      return drift;
    }

    List<GroupSize> groups() {
      List<GroupSize> groups = new ArrayList<>();
      for (int i = 0; i < sizes.length; i++) {
        groups.add(new GroupSize(version.groups().names().get(i), sizes[i]));
      }
      return groups;
    }
  }
}
