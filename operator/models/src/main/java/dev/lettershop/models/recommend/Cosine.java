package dev.lettershop.models.recommend;

import java.util.List;

/**
 * What goes with what by the cosine of the people who bought each: pairs bought together, over the
 * geometric mean of both, shrunk where few people are known.
 */
public final class Cosine {
  private static final int NEIGHBOURS = 100;
  private static final double SHRINKAGE = 10;

  private Cosine() {}

  /**
   * @param ids of the items that were counted, in their order
   */
  public static Neighbours learn(List<String> ids, PairCounts counts) {
    return Neighbours.of(
        ids,
        NEIGHBOURS,
        (bought, other) -> {
          int both = counts.of(bought, other);
          return both == 0
              ? 0
              : both / (Math.sqrt((double) counts.of(bought) * counts.of(other)) + SHRINKAGE);
        });
  }
}
