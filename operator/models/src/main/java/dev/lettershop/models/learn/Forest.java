package dev.lettershop.models.learn;

import java.util.List;

/**
 * Trees whose leaves add up to log odds. What is served is these numbers: nothing of a library is
 * needed or deserialised to ask them.
 *
 * @param base what is added to the leaves
 */
public record Forest(double base, List<Tree> trees) implements Margin {
  public Forest {
    trees = List.copyOf(trees);
  }

  /**
   * One tree. Node 0 is the root; of a leaf, {@code left} is -1 and {@code value} its part of the
   * log odds, of any other node {@code value} is the threshold.
   *
   * @param unknownLeft whether an unknown feature goes left
   */
  public record Tree(int[] left, int[] right, int[] feature, float[] value, boolean[] unknownLeft) {

    /**
     * @throws IllegalArgumentException when nodes lead back or out of the tree
     */
    public Tree {
      int n = left.length;
      boolean even =
          n > 0
              && right.length == n
              && feature.length == n
              && value.length == n
              && unknownLeft.length == n;
      for (int i = 0; even && i < n; i++) {
        boolean leaf = left[i] < 0;
        even =
            leaf || left[i] > i && left[i] < n && right[i] > i && right[i] < n && feature[i] >= 0;
      }
      if (!even) {
        throw new IllegalArgumentException("This is not a tree: its nodes do not fit together");
      }
    }

    float leaf(float[] row) {
      int node = 0;
      while (left[node] >= 0) {
        float asked = row[feature[node]];
        boolean goesLeft = Float.isNaN(asked) ? unknownLeft[node] : asked < value[node];
        node = goesLeft ? left[node] : right[node];
      }
      return value[node];
    }
  }

  @Override
  public double of(float[] row) {
    double sum = base;
    for (Tree tree : trees) {
      sum += tree.leaf(row);
    }
    return sum;
  }
}
