package dev.lettershop.models.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lettershop.models.table.Numbers;
import dev.lettershop.models.table.Rows;
import org.junit.jupiter.api.Test;

/** Reference values are scikit-learn's 1.9.1 for the same numbers. */
class FiguresTest {
  private static Rows rows() {
    Numbers numbers = new Numbers(7);
    Rows rows = new Rows(3);
    for (int i = 0; i < 400; i++) {
      float[] row = {(float) numbers.next(), (float) numbers.next(), (float) numbers.next()};
      rows.add(i, row, row[0] + 0.5 * row[1] > numbers.next() * 1.5);
    }
    return rows;
  }

  private static double[] chances(Logistic model, Rows rows) {
    double[] chances = new double[rows.size()];
    float[] row = new float[rows.columns()];
    for (int i = 0; i < chances.length; i++) {
      rows.copy(i, row);
      chances[i] = Margin.chance(model.of(row));
    }
    return chances;
  }

  private static boolean[] labels(Rows rows) {
    boolean[] labels = new boolean[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.label(i);
    }
    return labels;
  }

  @Test
  void a_logistic_regression_has_the_weights_of_the_reference() {
    Logistic model = Logistic.learn(rows(), new boolean[3]);

    assertThat(model.weights())
        .containsExactly(
            new double[] {0.06399934, 1.40502941, 0.67833359, -0.07923354, 0, 0, 0}, within(1e-4));
    assertThat(chances(model, rows()))
        .startsWith(new double[] {0.51709207, 0.7369774, 0.23572359}, within(1e-4));
  }

  @Test
  void figures_are_those_of_the_reference() {
    Rows rows = rows();
    double[] chances = chances(Logistic.learn(rows, new boolean[3]), rows);

    Figures figures = Figures.of(chances, labels(rows));

    assertThat(figures.auc()).isCloseTo(0.78401041, within(1e-4));
    assertThat(figures.brier()).isCloseTo(0.18953649, within(1e-4));
    assertThat(figures.rate()).isEqualTo(0.5175);
    assertThat(figures.brierOfRate()).isCloseTo(0.5175 * 0.4825, within(1e-12));
    assertThat(figures.calibration()).hasSize(10);
  }

  @Test
  void equal_scores_share_their_ranks() {
    Rows rows = rows();
    double[] rounded = chances(Logistic.learn(rows, new boolean[3]), rows);
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.rint(rounded[i] * 10) / 10;
    }

    assertThat(Figures.of(rounded, labels(rows)).auc()).isCloseTo(0.77592551, within(1e-3));
    assertThat(
            Figures.of(new double[] {1, 1, 1, 1}, new boolean[] {true, false, true, false}).auc())
        .isEqualTo(0.5);
  }

  @Test
  void lift_compares_the_highest_tenth_with_all() {
    double[] scores = new double[100];
    boolean[] labels = new boolean[100];
    for (int i = 0; i < 100; i++) {
      scores[i] = i;
      labels[i] = i >= 80;
    }

    assertThat(Figures.of(scores, labels).liftAtTenPercent()).isEqualTo(5);
  }

  @Test
  void nothing_can_be_told_when_the_label_is_the_same_for_all() {
    assertThatThrownBy(() -> Figures.of(new double[] {0.1, 0.2}, new boolean[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_unknown_feature_has_a_weight_of_its_own() {
    Rows rows = new Rows(1);
    for (int i = 0; i < 200; i++) {
      rows.add(i, new float[] {i % 2 == 0 ? Float.NaN : 1}, i % 2 == 0);
    }

    Logistic model = Logistic.learn(rows, new boolean[1]);

    assertThat(Margin.chance(model.of(new float[] {Float.NaN}))).isGreaterThan(0.9);
    assertThat(Margin.chance(model.of(new float[] {1}))).isLessThan(0.1);
  }
}
