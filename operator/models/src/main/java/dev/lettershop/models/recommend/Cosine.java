package dev.lettershop.models.recommend;

import java.util.List;

/**
 * What goes with what by the cosine of the people who bought each: pairs bought together, over the
 * geometric mean of both, shrunk where few people are known.
 */
public final class Cosine {
  static final int NEIGHBOURS = 50;
  private static final double SHRINKAGE = 10;

  private Cosine() {}

  /**
   * @param ids of the items that were counted, in their order
   */
  public static Neighbours learn(List<String> ids, PairCounts counts) {
    int items = counts.items();
    int[][] others = new int[items][];
    int[][] weights = new int[items][];
    NearestItems nearest = new NearestItems(NEIGHBOURS);
    for (int i = 0; i < items; i++) {
      nearest.clear();
      for (int j = 0; j < items; j++) {
        int both = i == j ? 0 : counts.of(i, j);
        if (both > 0) {
          nearest.offer(j, both / (Math.sqrt((double) counts.of(i) * counts.of(j)) + SHRINKAGE));
        }
      }
      others[i] = nearest.items();
      weights[i] = units(nearest);
    }
    return new Neighbours(ids, others, weights);
  }

  static int[] units(NearestItems nearest) {
    int[] units = new int[nearest.size()];
    for (int place = 0; place < units.length; place++) {
      units[place] = (int) Math.round(nearest.weight(place) * Neighbours.UNIT);
    }
    return units;
  }
}
