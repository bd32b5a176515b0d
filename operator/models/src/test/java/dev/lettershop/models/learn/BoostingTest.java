package dev.lettershop.models.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lettershop.models.table.Numbers;
import dev.lettershop.models.table.Rows;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Test;

class BoostingTest {
  private static Rows rows(int size) {
    Numbers numbers = new Numbers(5);
    Rows rows = new Rows(4);
    for (int i = 0; i < size; i++) {
      float[] row = new float[4];
      for (int c = 0; c < 4; c++) {
        double number = numbers.next();
        row[c] = number < 0.1 ? Float.NaN : (float) number;
      }
      boolean inside = row[0] > 0.5 != row[1] > 0.5;
      rows.add(i, row, numbers.next() < (inside ? 0.9 : 0.2));
    }
    return rows;
  }

  @Test
  void says_what_the_library_says() throws Exception {
    Rows rows = rows(2_000);
    DMatrix matrix = new DMatrix(rows.values(), rows.size(), rows.columns(), Float.NaN);
    matrix.setLabel(rows.labels());
    Map<String, Object> parameters =
        Map.of("objective", "binary:logistic", "max_depth", 5, "base_score", 0.3, "nthread", 2);
    Booster booster = XGBoost.train(matrix, parameters, 20, Map.of(), null, null);
    float[][] said = booster.predict(matrix);

    Forest forest = Boosting.forest(Math.log(0.3 / 0.7), booster.toByteArray("json"));

    float[] row = new float[4];
    for (int i = 0; i < rows.size(); i++) {
      rows.copy(i, row);
      assertThat(Margin.chance(forest.of(row))).isCloseTo(said[i][0], within(1e-5));
    }
  }

  @Test
  void learns_what_no_straight_line_tells_apart_and_the_same_each_time() {
    Rows learnt = rows(4_000).where(row -> row < 3_000);
    Rows judged = rows(4_000).where(row -> row >= 3_000);
    for (Boosting boosting : new Boosting[] {Boosting.gradient(), Boosting.randomForest()}) {
      Forest forest = boosting.learn(learnt);

      assertThat(auc(forest, judged)).isGreaterThan(0.78);
      assertThat(boosting.learn(learnt).trees().get(0).value())
          .isEqualTo(forest.trees().get(0).value());
    }
    assertThat(auc(Logistic.learn(learnt, new boolean[4]), judged)).isLessThan(0.6);
  }

  @Test
  void importance_tells_features_that_decide_from_those_that_do_not() {
    Rows rows = rows(3_000);

    double[] importance = Importance.of(Boosting.gradient().learn(rows), rows);

    assertThat(importance[0]).isGreaterThan(0.1);
    assertThat(importance[1]).isGreaterThan(0.1);
    assertThat(importance[2]).isLessThan(0.1);
  }

  @Test
  void calibrated_chances_come_as_often_as_they_say() {
    Rows rows = rows(6_000);
    Rows judged = rows.where(row -> row >= 4_000);
    // Learnt from too few of those for whom it came, so that it says too little.
    Rows tilted = rows.where(row -> row < 2_000 && (!rows.label(row) || row % 4 == 0));
    Forest low = Boosting.gradient().learn(tilted);
    Calibration calibration =
        Calibration.learn(low, rows.where(row -> row >= 2_000 && row < 4_000));

    Figures raw = figures(judged, row -> Margin.chance(low.of(row)));
    Figures calibrated = figures(judged, row -> calibration.chance(low.of(row)));

    assertThat(said(raw)).isLessThan(raw.rate() - 0.1);
    assertThat(said(calibrated)).isCloseTo(calibrated.rate(), within(0.03));
    assertThat(calibrated.brier()).isLessThan(raw.brier());
    assertThat(calibrated.auc()).isEqualTo(raw.auc());
  }

  private static double said(Figures figures) {
    return figures.calibration().stream().mapToDouble(Figures.Tenth::said).average().orElseThrow();
  }

  private static Figures figures(Rows rows, java.util.function.ToDoubleFunction<float[]> score) {
    double[] scores = new double[rows.size()];
    boolean[] labels = new boolean[rows.size()];
    float[] row = new float[rows.columns()];
    for (int i = 0; i < scores.length; i++) {
      rows.copy(i, row);
      scores[i] = score.applyAsDouble(row);
      labels[i] = rows.label(i);
    }
    return Figures.of(scores, labels);
  }

  @Test
  void refuses_a_tree_that_leads_back() {
    assertThatThrownBy(
            () ->
                new Forest.Tree(
                    new int[] {0}, new int[] {0}, new int[1], new float[1], new boolean[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double auc(Margin margin, Rows rows) {
    return figures(rows, row -> Margin.chance(margin.of(row))).auc();
  }
}
