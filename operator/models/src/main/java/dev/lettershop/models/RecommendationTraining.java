package dev.lettershop.models;

import dev.lettershop.api.v1alpha1.model.ModelFigures;
import dev.lettershop.api.v1alpha1.model.RecommendAlgorithm;
import dev.lettershop.api.v1alpha1.model.Recommending;
import dev.lettershop.models.artefact.Artefact;
import dev.lettershop.models.artefact.Recipe;
import dev.lettershop.models.recommend.Baskets;
import dev.lettershop.models.recommend.Cosine;
import dev.lettershop.models.recommend.Ease;
import dev.lettershop.models.recommend.Neighbours;
import dev.lettershop.models.recommend.PairCounts;
import dev.lettershop.models.recommend.Recommender;
import dev.lettershop.models.table.Sample;
import dev.lettershop.store.model.Interactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Learns what goes with what, and judges that by people who were set aside: whether their newest
 * item is found by the others. In one stream over the purchases.
 */
final class RecommendationTraining {
  /** So many people have to have bought two different items. */
  static final int LEAST = 50;

  private static final int JUDGE = 10;
  private static final int MOST_JUDGES = 20_000;
  private static final int TOP = 10;

  private final Interactions interactions;
  private final Recommending wanted;
  private final Recipe recipe;

  RecommendationTraining(Interactions interactions, Recommending wanted, Recipe recipe) {
    this.interactions = interactions;
    this.wanted = wanted;
    this.recipe = recipe;
  }

  Trained train(Instant now) {
    RecommendationTerms terms = new RecommendationTerms(wanted, now);
    List<String> items =
        interactions.items(terms.purchases(), terms.lately(), wanted.mostItems()).stream()
            .map(Interactions.ItemCount::item)
            .toList();
    Learner learner = new Learner(items.size());
    Baskets baskets = new Baskets(items, learner);
    interactions.read(terms.purchases(), baskets::add);
    baskets.end();
    if (learner.several < LEAST) {
      return new Trained(
          null,
          new Judgement(
              null,
              null,
              null,
              null,
              null,
              "NotEnoughData",
              String.format(
                  Locale.ROOT,
                  "%,d people have bought two different items within %s; at least %d are needed",
                  learner.several,
                  wanted.within(),
                  LEAST)));
    }
    Neighbours neighbours =
        wanted.algorithm() == RecommendAlgorithm.Ease
            ? Ease.learn(items, learner.counts)
            : Cosine.learn(items, learner.counts);
    return new Trained(Artefact.ofNeighbours(recipe, neighbours), judged(neighbours, learner));
  }

  private Judgement judged(Neighbours neighbours, Learner learner) {
    Recommender recommender = new Recommender(neighbours, TOP, true);
    long found = 0;
    long popular = 0;
    for (int[] basket : learner.judges) {
      int newest = basket[basket.length - 1];
      found += recommender.finds(newest, basket, basket.length - 1) ? 1 : 0;
      popular += isPopular(newest, basket) ? 1 : 0;
    }
    int judges = learner.judges.size();
    return new Judgement(
        wanted.algorithm().name(),
        new ModelFigures(
            (long) judges,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            judges == 0 ? null : ChanceTraining.text((double) found / judges),
            judges == 0 ? null : ChanceTraining.text((double) popular / judges)),
        null,
        null,
        null,
        null,
        null);
  }

  /** Whether it is among the ten most bought items that the person had not bought before. */
  private static boolean isPopular(int newest, int[] basket) {
    int better = newest;
    for (int i = 0; i < basket.length - 1; i++) {
      better -= basket[i] < newest ? 1 : 0;
    }
    return better < TOP;
  }

  /** Counts most people, and sets a tenth aside who judge. */
  private static final class Learner implements Baskets.Taker {
    private final PairCounts counts;
    private final List<int[]> judges = new ArrayList<>();
    private long several;

    Learner(int items) {
      this.counts = new PairCounts(Math.max(1, items));
    }

    @Override
    public void take(long person, int[] items, int count) {
      several += count > 1 ? 1 : 0;
      boolean judge = count > 1 && Math.floorMod(Sample.hash(person), JUDGE) == 0;
      if (judge && judges.size() < MOST_JUDGES) {
        judges.add(Arrays.copyOf(items, count));
      } else {
        counts.add(items, count);
      }
    }
  }
}
