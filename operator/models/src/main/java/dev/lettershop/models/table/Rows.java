package dev.lettershop.models.table;

import java.util.Arrays;

/**
 * Rows of features in flat arrays: 4 bytes a number and 9 a row besides. NaN stands for unknown.
 * Not thread-safe.
 */
public final class Rows {
  private static final int FIRST = 1024;

  private final int columns;
  private float[] values;
  private long[] people;
  private boolean[] labels;
  private int size;

  public Rows(int columns) {
    this.columns = columns;
    this.values = new float[FIRST * columns];
    this.people = new long[FIRST];
    this.labels = new boolean[FIRST];
  }

  /** Appends a row; {@code row} is copied. */
  public void add(long person, float[] row, boolean label) {
    add(person, row, 0, label);
  }

  private void add(long person, float[] from, int offset, boolean label) {
    if (size == people.length) {
      int more = size + (size >> 1);
      values = Arrays.copyOf(values, more * columns);
      people = Arrays.copyOf(people, more);
      labels = Arrays.copyOf(labels, more);
    }
    System.arraycopy(from, offset, values, size * columns, columns);
    people[size] = person;
    labels[size] = label;
    size++;
  }

  public int columns() {
    return columns;
  }

  public int size() {
    return size;
  }

  public float at(int row, int column) {
    return values[row * columns + column];
  }

  public long person(int row) {
    return people[row];
  }

  public boolean label(int row) {
    return labels[row];
  }

  /** Copies a row into {@code into}. */
  public void copy(int row, float[] into) {
    System.arraycopy(values, row * columns, into, 0, columns);
  }

  /** All numbers, row by row. */
  public float[] values() {
    return Arrays.copyOf(values, size * columns);
  }

  /** Labels as 0 and 1. */
  public float[] labels() {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = labels[i] ? 1 : 0;
    }
    return numbers;
  }

  /** Share of rows whose label is true, from 0 to 1. */
  public double rate() {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += labels[i] ? 1 : 0;
    }
    return size == 0 ? 0 : (double) count / size;
  }

  /** The rows for which a condition holds, in their order. */
  public Rows where(java.util.function.IntPredicate kept) {
    Rows some = new Rows(columns);
    for (int i = 0; i < size; i++) {
      if (kept.test(i)) {
        some.add(people[i], values, i * columns, labels[i]);
      }
    }
    return some;
  }

  /** The rows in another order, or some of them. */
  Rows ordered(int[] order) {
    Rows some = new Rows(columns);
    for (int i : order) {
      some.add(people[i], values, i * columns, labels[i]);
    }
    return some;
  }

  /** These rows and others behind them. */
  public Rows and(Rows others) {
    Rows all = where(row -> true);
    for (int i = 0; i < others.size; i++) {
      all.add(others.people[i], others.values, i * columns, others.labels[i]);
    }
    return all;
  }
}
