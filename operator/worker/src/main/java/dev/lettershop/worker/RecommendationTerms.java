package dev.lettershop.worker;

import dev.lettershop.plan.Recommendations;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.view.RecommendationView;

/** What a plan says about recommendations, as the store reads them. */
public final class RecommendationTerms {
  private RecommendationTerms() {}

  /**
   * @param planned null for none
   * @return null for none
   */
  public static RecommendationView of(Recommendations planned) {
    return planned == null
        ? null
        : new RecommendationView(
            planned.model(),
            planned.source(),
            new RecommendationView.Bought(
                planned.bought().event(),
                planned.bought().item(),
                planned.bought().within() == null
                    ? null
                    : DurationText.parse(planned.bought().within())),
            planned.atMost(),
            planned.maxPerCategory(),
            planned.listed());
  }
}
