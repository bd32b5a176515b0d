package dev.lettershop.models.learn;

import dev.lettershop.models.table.Rows;
import java.util.Random;

/**
 * How much a model depends on each feature: by how much its AUC falls when the feature's values are
 * dealt anew among the people. Independent of the kind of model.
 */
public final class Importance {
  private static final int MOST_ROWS = 5_000;
  private static final long SEED = 7;

  private Importance() {}

  /** The fall for each feature, in points of AUC from 0 to 1; around 0 for a useless one. */
  public static double[] of(Margin model, Rows rows) {
    Rows some = rows.size() <= MOST_ROWS ? rows : rows.where(row -> row < MOST_ROWS);
    boolean[] labels = new boolean[some.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = some.label(i);
    }
    double whole = auc(model, some, labels, -1, null);
    double[] falls = new double[rows.columns()];
    for (int column = 0; column < falls.length; column++) {
      falls[column] = whole - auc(model, some, labels, column, dealt(some.size(), SEED + column));
    }
    return falls;
  }

  private static int[] dealt(int size, long seed) {
    Random random = new Random(seed);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int place = random.nextInt(i + 1);
      order[i] = order[place];
      order[place] = i;
    }
    return order;
  }

  private static double auc(Margin model, Rows rows, boolean[] labels, int column, int[] dealt) {
    double[] scores = new double[rows.size()];
    float[] row = new float[rows.columns()];
    for (int i = 0; i < scores.length; i++) {
      rows.copy(i, row);
      if (column >= 0) {
        row[column] = rows.at(dealt[i], column);
      }
      scores[i] = model.of(row);
    }
    int came = 0;
    for (boolean label : labels) {
      came += label ? 1 : 0;
    }
    if (came == 0 || came == labels.length) {
      return 0.5;
    }
    Integer[] order = new Integer[scores.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    java.util.Arrays.sort(order, java.util.Comparator.comparingDouble(i -> scores[i]));
    int[] places = new int[order.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = order[i];
    }
    return Figures.auc(scores, labels, places, came);
  }
}
