package dev.lettershop.models.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.model.FeatureTransform;
import dev.lettershop.api.v1alpha1.model.ModelFeature;
import dev.lettershop.models.learn.Boosting;
import dev.lettershop.models.learn.Calibration;
import dev.lettershop.models.table.Numbers;
import dev.lettershop.models.table.Rows;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArtefactTest {
  private static final Recipe RECIPE =
      new Recipe(
          null,
          List.of(
              new ModelFeature("a", "events('x').size()", FeatureTransform.Log),
              new ModelFeature("b", "events('y').size()", null)),
          Map.of());

  private static Artefact artefact() {
    Rows rows = new Rows(2);
    Numbers numbers = new Numbers(3);
    for (int i = 0; i < 500; i++) {
      float[] row = {(float) numbers.next(), i % 7 == 0 ? Float.NaN : (float) numbers.next()};
      rows.add(i, row, row[0] > 0.5);
    }
    return Artefact.ofChances(
        RECIPE,
        new Chances(
            "GradientBoosting", Boosting.gradient().learn(rows), null, new Calibration(1, 0)),
        FeatureDistribution.of(rows));
  }

  @Test
  void is_read_back_as_it_was_written() {
    Artefact written = artefact();

    Artefact read = Artefact.of(written.bytes());

    for (float[] row : new float[][] {{0.2f, 0.3f}, {0.9f, Float.NaN}}) {
      assertThat(read.chances().exact(row)).isEqualTo(written.chances().exact(row));
    }
    assertThat(read.bytes()).isEqualTo(written.bytes());
    assertThat(read.recipe()).isEqualTo(RECIPE);
  }

  @Test
  void refuses_bytes_that_are_something_else() {
    assertThatThrownBy(() -> Artefact.of("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("This is not a version of a model; train it again");
  }

  @Test
  void the_same_people_do_not_drift_and_others_do() {
    Rows rows = new Numbers(9).rows(1_000, 1);
    FeatureDistribution spread = FeatureDistribution.of(rows).get(0);
    FeatureDistribution.Counts same = spread.counts();
    FeatureDistribution.Counts others = spread.counts();
    for (int i = 0; i < rows.size(); i++) {
      same.add(rows.at(i, 0));
      others.add(rows.at(i, 0) + 0.5f);
    }

    assertThat(spread.drift(same)).isZero();
    assertThat(spread.drift(others)).isGreaterThan(0.25);
  }
}
