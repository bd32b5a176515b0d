package dev.lettershop.models.recommend;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts what a person bought together, as numbers of items, in the order in which the person first
 * bought each. Purchases of a person have to come one after the other. Not thread-safe.
 */
public final class Baskets {
  /** Whoever bought more is taken by the newest of them. */
  static final int MOST = 500;

  /** Takes one person. */
  @FunctionalInterface
  public interface Taker {
    /**
     * @param items different ones, from the start of the array, which is used again
     * @param count at least 1
     */
    void take(long person, int[] items, int count);
  }

  private final Map<String, Integer> numbers = new HashMap<>();
  private final Taker taker;
  private final long[] lastSeen;
  private int[] items = new int[MOST];
  private int count;
  private long people;
  private long person;
  private boolean any;

  /**
   * @param ids of the items that count; others are passed over
   */
  public Baskets(List<String> ids, Taker taker) {
    this.taker = taker;
    this.lastSeen = new long[ids.size()];
    for (String id : ids) {
      numbers.put(id, numbers.size());
    }
  }

  /**
   * Takes one purchase.
   *
   * @param item null when it names none
   */
  public void add(long who, String item) {
    if (!any || who != person) {
      end();
      any = true;
      person = who;
      people++;
    }
    Integer number = numbers.get(item);
    if (number == null || lastSeen[number] == people) {
      return;
    }
    lastSeen[number] = people;
    if (count == items.length) {
      items = Arrays.copyOf(items, 2 * count);
    }
    items[count++] = number;
  }

  /** Hands out the last person. */
  public void end() {
    if (count > MOST) {
      System.arraycopy(items, count - MOST, items, 0, MOST);
      count = MOST;
    }
    if (count > 0) {
      taker.take(person, items, count);
    }
    count = 0;
  }
}
