package dev.lettershop.models.recommend;

import java.util.Arrays;

/** How many people bought each item, and each two items. Not thread-safe. */
public final class PairCounts {
  private final int items;
  private final int[] alone;

  /** Of i &lt; j at j (j - 1) / 2 + i. */
  private final int[] pairs;

  /**
   * @param items how many there are, 1 to 5000
   */
  public PairCounts(int items) {
    this.items = items;
    this.alone = new int[items];
    this.pairs = new int[Math.toIntExact((long) items * (items - 1) / 2)];
  }

  public int items() {
    return items;
  }

  /**
   * Counts one person.
   *
   * @param bought different items by number, from the start of the array; sorted by this
   */
  public void add(int[] bought, int count) {
    Arrays.sort(bought, 0, count);
    for (int a = 0; a < count; a++) {
      int j = bought[a];
      alone[j]++;
      int row = j * (j - 1) / 2;
      for (int b = 0; b < a; b++) {
        pairs[row + bought[b]]++;
      }
    }
  }

  /** People who bought the item. */
  public int of(int item) {
    return alone[item];
  }

  /** People who bought both; for the same item twice, those who bought it. */
  public int of(int one, int other) {
    if (one == other) {
      return alone[one];
    }
    int i = Math.min(one, other);
    int j = Math.max(one, other);
    return pairs[j * (j - 1) / 2 + i];
  }
}
