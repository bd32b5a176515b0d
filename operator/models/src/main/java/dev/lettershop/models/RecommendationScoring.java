package dev.lettershop.models;

import dev.lettershop.api.v1alpha1.model.Recommending;
import dev.lettershop.models.recommend.Baskets;
import dev.lettershop.models.recommend.Neighbours;
import dev.lettershop.models.recommend.Recommender;
import dev.lettershop.store.Store;
import dev.lettershop.store.model.Interactions;
import dev.lettershop.store.model.ModelKey;
import dev.lettershop.store.model.ModelScores;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Says what everybody may like who has bought something, and what many people buy, and writes that
 * at once.
 */
final class RecommendationScoring {
  /** More than a mail shows: some of it may be gone, or bought, when the mail is filled in. */
  private static final int SPARE = 3;

  private static final int MOST = 100;
  private static final int POPULAR = 100;

  private final Store store;
  private final Recommending wanted;
  private final Neighbours neighbours;

  RecommendationScoring(Store store, Recommending wanted, Neighbours neighbours) {
    this.store = store;
    this.wanted = wanted;
    this.neighbours = neighbours;
  }

  ModelScores.Written score(ModelKey model, Instant now) {
    RecommendationTerms terms = new RecommendationTerms(wanted, now);
    List<String> popular =
        store.interactions().items(terms.purchases(), terms.lately(), wanted.mostItems()).stream()
            .sorted(Comparator.comparingLong(Interactions.ItemCount::recently).reversed())
            .limit(POPULAR)
            .map(Interactions.ItemCount::item)
            .toList();
    Recommender recommender =
        new Recommender(neighbours, Math.min(MOST, SPARE * wanted.top()), terms.exceptBought());
    return store
        .recommendedItems()
        .replace(
            model,
            popular,
            sink -> {
              Baskets baskets =
                  new Baskets(
                      neighbours.items(),
                      (person, items, count) -> {
                        List<String> found = recommender.of(items, count);
                        if (!found.isEmpty()) {
                          sink.put(person, found);
                        }
                      });
              store.interactions().read(terms.purchases(), baskets::add);
              baskets.end();
            });
  }
}
