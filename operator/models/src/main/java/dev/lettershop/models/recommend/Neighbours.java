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
}
