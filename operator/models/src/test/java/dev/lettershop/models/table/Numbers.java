package dev.lettershop.models.table;

/** The numbers of the linear congruential generator that reference values were made from. */
public final class Numbers {
  private long state;

  public Numbers(long seed) {
    this.state = seed;
  }

  /** From 0 to 1. */
  public double next() {
    state = (1103515245L * state + 12345) % (1L << 31);
    return state / (double) (1L << 31);
  }

  /** Rows of so many numbers each, as people 0, 1, …. */
  public Rows rows(int size, int columns) {
    Rows rows = new Rows(columns);
    float[] row = new float[columns];
    for (int i = 0; i < size; i++) {
      for (int c = 0; c < columns; c++) {
        row[c] = (float) next();
      }
      rows.add(i, row, false);
    }
    return rows;
  }
}
