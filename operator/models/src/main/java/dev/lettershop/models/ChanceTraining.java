package dev.lettershop.models;

import dev.lettershop.api.v1alpha1.model.Classification;
import dev.lettershop.api.v1alpha1.model.ClassifyAlgorithm;
import dev.lettershop.api.v1alpha1.model.FeatureFigures;
import dev.lettershop.api.v1alpha1.model.ModelFigures;
import dev.lettershop.models.artefact.Artefact;
import dev.lettershop.models.artefact.Chances;
import dev.lettershop.models.artefact.FeatureDistribution;
import dev.lettershop.models.artefact.Recipe;
import dev.lettershop.models.learn.Boosting;
import dev.lettershop.models.learn.Calibration;
import dev.lettershop.models.learn.Figures;
import dev.lettershop.models.learn.Forest;
import dev.lettershop.models.learn.Importance;
import dev.lettershop.models.learn.Logistic;
import dev.lettershop.models.learn.Margin;
import dev.lettershop.models.table.Rows;
import dev.lettershop.models.table.Sample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Learns chances from people at earlier moments, and judges them by the newest one, which nothing
 * was learnt from. Pure.
 */
final class ChanceTraining {
  /** Fewer people for whom the label held, or did not, say nothing. */
  static final int LEAST = 50;

  private static final int CALIBRATES = 5;

  private final Classification wanted;
  private final Recipe recipe;

  ChanceTraining(Classification wanted, Recipe recipe) {
    this.wanted = wanted;
    this.recipe = recipe;
  }

  private record Candidate(Chances chances, Figures figures) {}

  /**
   * @param earlier people at the earlier moments
   * @param newest people at the newest moment
   */
  Trained train(Rows earlier, Rows newest) {
    String missing = missing("the earlier moments", earlier);
    missing = missing == null ? missing("the newest moment", newest) : missing;
    if (missing != null) {
      return new Trained(
          null, new Judgement(null, null, null, null, null, "NotEnoughData", missing));
    }
    // People, not rows, are set aside: the same person at another moment is nearly the same row.
    Rows learnt = earlier.where(row -> !calibrates(earlier.person(row)));
    Rows aside = earlier.where(row -> calibrates(earlier.person(row)));
    List<Candidate> candidates =
        algorithms().stream().map(a -> candidate(a, learnt, aside, newest)).toList();
    Candidate best =
        candidates.stream().max(Comparator.comparingDouble(c -> c.figures.auc())).orElseThrow();
    return new Trained(
        Artefact.ofChances(recipe, best.chances, FeatureDistribution.of(earlier)),
        judgement(best, candidates, newest));
  }

  private static boolean calibrates(long person) {
    return Math.floorMod(Sample.hash(person), CALIBRATES) == 0;
  }

  private static String missing(String where, Rows rows) {
    long came = Math.round(rows.rate() * rows.size());
    if (came >= LEAST && rows.size() - came >= LEAST) {
      return null;
    }
    return String.format(
        java.util.Locale.ROOT,
        "At %s there are %,d people, for %,d of whom the label held; at least %d for whom it held and"
            + " %d for whom it did not are needed",
        where,
        rows.size(),
        came,
        LEAST,
        LEAST);
  }

  private List<ClassifyAlgorithm> algorithms() {
    return wanted.algorithm() == ClassifyAlgorithm.Auto
        ? List.of(
            ClassifyAlgorithm.LogisticRegression,
            ClassifyAlgorithm.GradientBoosting,
            ClassifyAlgorithm.RandomForest)
        : List.of(wanted.algorithm());
  }

  private Candidate candidate(ClassifyAlgorithm algorithm, Rows learnt, Rows aside, Rows newest) {
    Margin margin =
        switch (algorithm) {
          case LogisticRegression -> Logistic.learn(learnt, recipe.logs());
          case GradientBoosting -> Boosting.gradient().learn(learnt);
          case RandomForest -> Boosting.randomForest().learn(learnt);
          case Auto -> throw new IllegalStateException("Auto stands for the others");
        };
    Chances chances =
        new Chances(
            algorithm.name(),
            margin instanceof Forest forest ? forest : null,
            margin instanceof Logistic logistic ? logistic : null,
            Calibration.learn(margin, aside));
    return new Candidate(chances, judged(chances, newest));
  }

  /** How good chances are for people whose labels are known. */
  static Figures judged(Chances chances, Rows rows) {
    double[] scores = new double[rows.size()];
    boolean[] labels = new boolean[rows.size()];
    float[] row = new float[rows.columns()];
    for (int i = 0; i < scores.length; i++) {
      rows.copy(i, row);
      scores[i] = chances.exact(row);
      labels[i] = rows.label(i);
    }
    return Figures.of(scores, labels);
  }

  private Judgement judgement(Candidate best, List<Candidate> all, Rows newest) {
    Figures figures = best.figures;
    String refused = null;
    String refusal = null;
    if (wanted.require() != null
        && wanted.require().auc() != null
        && figures.auc() < new BigDecimal(wanted.require().auc()).doubleValue()) {
      refused = "NotGoodEnough";
      refusal =
          "The best AUC on the newest moment is "
              + text(figures.auc())
              + ", spec.classify.require.auc asks for "
              + wanted.require().auc();
    } else if (figures.brier() >= figures.brierOfRate()) {
      refused = "NoBetterThanTheRate";
      refusal =
          "Its Brier score of "
              + text(figures.brier())
              + " is no better than saying the same chance to everybody, which has "
              + text(figures.brierOfRate());
    }
    return new Judgement(
        best.chances.algorithm(),
        figures(figures),
        importance(best.chances.margin(), newest),
        figures.calibration(),
        all.stream()
            .map(
                c ->
                    new Judgement.Tried(
                        c.chances.algorithm(), text(c.figures.auc()), text(c.figures.brier())))
            .toList(),
        refused,
        refusal);
  }

  static ModelFigures figures(Figures figures) {
    return new ModelFigures(
        (long) figures.rows(),
        text(figures.rate()),
        text(figures.auc()),
        text(figures.brier()),
        text(figures.brierOfRate()),
        text(figures.liftAtTenPercent()),
        null,
        null);
  }

  private List<FeatureFigures> importance(Margin margin, Rows newest) {
    double[] falls = Importance.of(margin, newest);
    List<FeatureFigures> features = new ArrayList<>();
    IntStream.range(0, falls.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -falls[i]))
        .forEach(
            i ->
                features.add(
                    new FeatureFigures(recipe.features().get(i).name(), text(falls[i]), null)));
    return features;
  }

  /** Three digits, such as 0.783. */
  static String text(double figure) {
    return String.format(java.util.Locale.ROOT, "%.3f", figure + 0.0);
  }
}
