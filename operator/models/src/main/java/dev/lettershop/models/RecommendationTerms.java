package dev.lettershop.models;

import dev.lettershop.api.v1alpha1.model.RecommendExclude;
import dev.lettershop.api.v1alpha1.model.Recommending;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.model.Interactions;
import java.time.Instant;

/** What a model that recommends looks at, as of a moment. */
record RecommendationTerms(Recommending wanted, Instant now) {
  Interactions.Wanted purchases() {
    return new Interactions.Wanted(
        wanted.event(), wanted.item(), now.minus(DurationText.parse(wanted.within())), now);
  }

  /** Since when items count as popular. */
  Instant lately() {
    return now.minus(DurationText.parse(wanted.popularWithin()));
  }

  boolean exceptBought() {
    return wanted.exclude() == RecommendExclude.Bought;
  }
}
