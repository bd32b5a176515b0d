package dev.lettershop.models;

import dev.lettershop.api.v1alpha1.model.ClusterAlgorithm;
import dev.lettershop.api.v1alpha1.model.Clustering;
import dev.lettershop.api.v1alpha1.model.FeatureLevel;
import dev.lettershop.api.v1alpha1.model.ModelFigures;
import dev.lettershop.api.v1alpha1.model.ModelGroup;
import dev.lettershop.models.artefact.Artefact;
import dev.lettershop.models.artefact.FeatureDistribution;
import dev.lettershop.models.artefact.Recipe;
import dev.lettershop.models.cluster.Groups;
import dev.lettershop.models.table.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds groups and names them. Pure. */
final class GroupTraining {
  private static final double PERCENT = 100;

  private final Clustering wanted;
  private final Recipe recipe;

  GroupTraining(Clustering wanted, Recipe recipe) {
    this.wanted = wanted;
    this.recipe = recipe;
  }

  /**
   * @param before the groups that are in use; null for none, or none of these features
   */
  Trained train(Rows people, Groups before) {
    Groups groups;
    try {
      groups = Groups.learn(people, wanted(), before);
    } catch (IllegalArgumentException e) {
      String why = e.getMessage();
      return new Trained(
          null,
          new Judgement(
              null,
              null,
              null,
              null,
              null,
              "NotEnoughData",
              Character.toUpperCase(why.charAt(0)) + why.substring(1)));
    }
    boolean known = before != null && before.names().equals(groups.names());
    double moved = known ? groups.moved(people, before) : 0;
    boolean tooMany = moved * PERCENT > wanted.maxMovedPercent();
    return new Trained(
        Artefact.ofGroups(recipe, groups, FeatureDistribution.of(people)),
        new Judgement(
            wanted.algorithm().name(),
            new ModelFigures(
                (long) people.size(),
                null,
                null,
                null,
                null,
                null,
                ChanceTraining.text(groups.silhouette(people)),
                known ? ChanceTraining.text(moved) : null),
            null,
            null,
            null,
            tooMany ? "TooManyMoved" : null,
            tooMany
                ? "It would give "
                    + Math.round(moved * PERCENT)
                    + "% of people another group, spec.cluster.maxMovedPercent allows "
                    + wanted.maxMovedPercent()
                    + "%"
                : null));
  }

  private Groups.Wanted wanted() {
    List<String> features = recipe.features().stream().map(f -> f.name()).toList();
    return new Groups.Wanted(
        wanted.algorithm() == ClusterAlgorithm.KMeans
            ? Groups.Method.KMeans
            : Groups.Method.Hierarchical,
        recipe.logs(),
        wanted.groups().stream().map(ModelGroup::name).toList(),
        wanted.groups().stream().map(group -> likeness(group, features)).toList());
  }

  private static Map<Integer, Integer> likeness(ModelGroup group, List<String> features) {
    Map<Integer, Integer> likeness = new HashMap<>();
    group
        .like()
        .forEach((feature, level) -> likeness.put(features.indexOf(feature), number(level)));
    return likeness;
  }

  private static int number(FeatureLevel level) {
    return switch (level) {
      case Low -> -1;
      case Medium -> 0;
      case High -> 1;
    };
  }
}
