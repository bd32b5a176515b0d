package dev.lettershop.models.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecommenderTest {
  private static final List<String> IDS = List.of("tent", "stove", "mat", "lamp");

  private static PairCounts counts(int[]... baskets) {
    PairCounts counts = new PairCounts(IDS.size());
    for (int[] basket : baskets) {
      counts.add(basket.clone(), basket.length);
    }
    return counts;
  }

  private static double weight(Neighbours neighbours, int of, int other) {
    for (int i = 0; i < neighbours.others()[of].length; i++) {
      if (neighbours.others()[of][i] == other) {
        return (double) neighbours.weights()[of][i] / Neighbours.UNIT;
      }
    }
    return 0;
  }

  @Test
  void cosineIsWhatTwoItemsShareShrunkByTen() {
    Neighbours learnt =
        Cosine.learn(IDS, counts(new int[] {1, 0}, new int[] {0, 1, 2}, new int[] {0}));

    // tent 3, stove 2, mat 1; tent and stove together 2, tent and mat 1, stove and mat 1.
    assertThat(weight(learnt, 0, 1)).isCloseTo(2 / (Math.sqrt(6) + 10), within(1e-5));
    assertThat(weight(learnt, 1, 0)).isEqualTo(weight(learnt, 0, 1));
    assertThat(weight(learnt, 2, 1)).isCloseTo(1 / (Math.sqrt(2) + 10), within(1e-5));
    assertThat(learnt.others()[0]).containsExactly(1, 2);
    assertThat(learnt.others()[3]).isEmpty();
  }

  @Test
  void easeIsMinusTheInverseOverItsDiagonal() {
    // numpy: X of these baskets, P = inv(X.T @ X + 100 * I), B = -P / diag(P).
    Neighbours learnt =
        Ease.learn(IDS, counts(new int[] {0, 1}, new int[] {0, 1, 2}, new int[] {0, 3}));

    double[][] inverse =
        inverse(new double[][] {{103, 2, 1, 1}, {2, 102, 1, 0}, {1, 1, 101, 0}, {1, 0, 0, 101}});
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        if (i != j) {
          assertThat(weight(learnt, i, j)).isCloseTo(-inverse[i][j] / inverse[j][j], within(1e-5));
        }
      }
    }
  }

  /** Gauss and Jordan, for small and well-conditioned ones. */
  private static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] work = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, work[i], 0, n);
      work[i][n + i] = 1;
    }
    for (int i = 0; i < n; i++) {
      double pivot = work[i][i];
      for (int c = 0; c < 2 * n; c++) {
        work[i][c] /= pivot;
      }
      for (int r = 0; r < n; r++) {
        double factor = r == i ? 0 : work[r][i];
        for (int c = 0; c < 2 * n; c++) {
          work[r][c] -= factor * work[i][c];
        }
      }
    }
    double[][] inverse = new double[n][];
    for (int i = 0; i < n; i++) {
      inverse[i] = Arrays.copyOfRange(work[i], n, 2 * n);
    }
    return inverse;
  }

  @Test
  void whatWasBoughtIsLeftOutUnlessItMayBeBoughtAgain() {
    Neighbours learnt =
        Cosine.learn(
            IDS, counts(new int[] {0, 1}, new int[] {0, 1}, new int[] {0, 2}, new int[] {1, 2}));

    assertThat(new Recommender(learnt, 10, true).of(new int[] {0, 1}, 2)).containsExactly("mat");
    assertThat(new Recommender(learnt, 10, false).of(new int[] {0, 1}, 2))
        .containsExactlyInAnyOrder("mat", "tent", "stove");
    assertThat(new Recommender(learnt, 10, true).of(new int[] {3}, 1)).isEmpty();
  }

  @Test
  void onePersonLeavesNothingBehindForTheNext() {
    Neighbours learnt = Cosine.learn(IDS, counts(new int[] {0, 1}, new int[] {0, 2}));
    Recommender recommender = new Recommender(learnt, 1, true);

    List<String> first = recommender.of(new int[] {0}, 1);
    recommender.of(new int[] {1, 2, 3}, 3);

    assertThat(recommender.of(new int[] {0}, 1)).isEqualTo(first).containsExactly("stove");
    assertThat(recommender.finds(1, new int[] {0}, 1)).isTrue();
    assertThat(recommender.finds(2, new int[] {0}, 1)).isFalse();
  }

  @Test
  void basketsHoldDifferentItemsInTheOrderInWhichEachWasFirstBought() {
    List<String> taken = new ArrayList<>();
    Baskets baskets =
        new Baskets(
            IDS,
            (person, items, count) ->
                taken.add(person + ":" + Arrays.toString(Arrays.copyOf(items, count))));

    baskets.add(7, "mat");
    baskets.add(7, "tent");
    baskets.add(7, "mat");
    baskets.add(7, "unknown");
    baskets.add(8, null);
    baskets.add(9, "mat");
    baskets.end();

    assertThat(taken).containsExactly("7:[2, 0]", "9:[2]");
  }

  @Test
  void whoBoughtVeryMuchIsTakenByTheNewest() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < Baskets.MOST + 5; i++) {
      ids.add("p" + i);
    }
    List<int[]> taken = new ArrayList<>();
    Baskets baskets =
        new Baskets(ids, (person, items, count) -> taken.add(Arrays.copyOf(items, count)));
    ids.forEach(id -> baskets.add(1, id));
    baskets.end();

    assertThat(taken).hasSize(1);
    assertThat(taken.get(0)).hasSize(Baskets.MOST).startsWith(5, 6).endsWith(Baskets.MOST + 4);
  }

  @Test
  void aVersionWhosePartsDoNotFitIsRefused() {
    assertThatThrownBy(() -> new Neighbours(List.of("a"), new int[][] {{1}}, new int[][] {{100}}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
