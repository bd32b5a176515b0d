package dev.lettershop.models.recommend;

import java.util.List;

/**
 * For each item what goes with it.
 *
 * @param items ids, the most bought first
 * @param others for each item the numbers of those that go with it
 * @param weights how well, in units of 1/{@value #UNIT}; may be negative
 */
public record Neighbours(List<String> items, int[][] others, int[][] weights) {
  static final int UNIT = 100_000;

  public Neighbours {
    items = List.copyOf(items);
    boolean fits = others.length == items.size() && weights.length == items.size();
    for (int i = 0; fits && i < others.length; i++) {
      fits = others[i].length == weights[i].length;
      for (int other : others[i]) {
        fits &= other >= 0 && other < items.size();
      }
    }
    if (!fits) {
      throw new IllegalArgumentException("The parts of a version are of different items");
    }
  }

  /** How well one item says another. */
  @FunctionalInterface
  interface Weight {
    /**
     * @param bought number of an item that somebody has
     * @param other number of another one
     * @return 0 for not at all
     */
    double of(int bought, int other);
  }

  /**
   * Keeps for each item those that say it best. (The other way round, keeping for each item those
   * that it says best, finds a tenth less: items that many buy would take all places.)
   *
   * @param most how many are kept for an item
   */
  static Neighbours of(List<String> ids, int most, Weight weight) {
    int items = ids.size();
    int[][] saidBy = new int[items][];
    int[][] units = new int[items][];
    int[] counts = new int[items];
    NearestItems nearest = new NearestItems(most);
    for (int other = 0; other < items; other++) {
      nearest.clear();
      for (int bought = 0; bought < items; bought++) {
        double well = bought == other ? 0 : weight.of(bought, other);
        if (well != 0) {
          nearest.offer(bought, well);
        }
      }
      saidBy[other] = nearest.items();
      units[other] = new int[saidBy[other].length];
      for (int place = 0; place < units[other].length; place++) {
        units[other][place] = (int) Math.round(nearest.weight(place) * UNIT);
        counts[saidBy[other][place]]++;
      }
    }
    int[][] others = new int[items][];
    int[][] weights = new int[items][];
    for (int item = 0; item < items; item++) {
      others[item] = new int[counts[item]];
      weights[item] = new int[counts[item]];
    }
    int[] filled = new int[items];
    for (int other = 0; other < items; other++) {
      for (int place = 0; place < saidBy[other].length; place++) {
        int bought = saidBy[other][place];
        others[bought][filled[bought]] = other;
        weights[bought][filled[bought]++] = units[other][place];
      }
    }
    return new Neighbours(ids, others, weights);
  }
}
