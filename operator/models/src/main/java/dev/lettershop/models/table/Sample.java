package dev.lettershop.models.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Keeps at most so many rows of a stream of any length: those of the people whose numbers hash
 * lowest. So the same people are kept whatever order they come in, at each moment that is read, and
 * in each training. Memory is bounded by twice the capacity. Not thread-safe.
 */
public final class Sample {
  private final int capacity;
  private Rows rows;
  private long highest = Long.MAX_VALUE;
  private long seen;

  public Sample(int columns, int capacity) {
    this.capacity = capacity;
    this.rows = new Rows(columns);
  }

  /** The hash that decides, uniform over all longs. */
  public static long hash(long person) {
    long z = person + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  public void add(long person, float[] row, boolean label) {
    seen++;
    if (hash(person) > highest) {
      return;
    }
    rows.add(person, row, label);
    if (rows.size() >= 2 * capacity) {
      highest = highestKept();
      rows = rows.where(i -> hash(rows.person(i)) <= highest);
    }
  }

  /** Hashes differ where people do, so that this is exact. */
  private long highestKept() {
    long[] hashes = IntStream.range(0, rows.size()).mapToLong(i -> hash(rows.person(i))).toArray();
    Arrays.sort(hashes);
    return hashes[capacity - 1];
  }

  /** How many rows came by. */
  public long seen() {
    return seen;
  }

  /** The rows that are kept, in the order of the hashes. */
  public Rows rows() {
    int[] order =
        IntStream.range(0, rows.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> hash(rows.person(i))))
            .mapToInt(Integer::intValue)
            .toArray();
    return rows.ordered(Arrays.copyOf(order, Math.min(capacity, order.length)));
  }
}
