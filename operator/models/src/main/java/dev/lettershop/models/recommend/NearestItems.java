package dev.lettershop.models.recommend;

import java.util.Arrays;

/** Keeps of many items those with the greatest weight; of equal ones the first. */
final class NearestItems {
  private final int most;
  private final int[] items;
  private final double[] weights;
  private int size;

  /**
   * @param most how many are kept
   */
  NearestItems(int most) {
    this.most = most;
    this.items = new int[most];
    this.weights = new double[most];
  }

  void clear() {
    size = 0;
  }

  /** Items come in the order of their numbers. */
  void offer(int item, double weight) {
    if (size == most && weight <= weights[size - 1]) {
      return;
    }
    int place = size < most ? size++ : size - 1;
    while (place > 0 && weights[place - 1] < weight) {
      weights[place] = weights[place - 1];
      items[place] = items[place - 1];
      place--;
    }
    weights[place] = weight;
    items[place] = item;
  }

  /** The greatest weight first. */
  int[] items() {
    return Arrays.copyOf(items, size);
  }

  int size() {
    return size;
  }

  int item(int place) {
    return items[place];
  }

  double weight(int place) {
    return weights[place];
  }
}
