package dev.lettershop.models.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lettershop.models.table.Numbers;
import dev.lettershop.models.table.Rows;
import dev.lettershop.models.table.Scale;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reference values are SciPy's and scikit-learn's 1.9.1 for the same numbers. */
class GroupsTest {
  private static final double[][] CORNERS = {{0, 0}, {5, 0}, {0, 5}, {5, 5}};
  private static final List<String> NAMES = List.of("none", "spends", "returns", "both");
  private static final List<Map<Integer, Integer>> LIKENESS =
      List.of(Map.of(0, -1, 1, -1), Map.of(0, 1, 1, -1), Map.of(0, -1, 1, 1), Map.of(0, 1, 1, 1));

  private static Rows blobs(long seed, int size) {
    Numbers numbers = new Numbers(seed);
    Rows rows = new Rows(2);
    for (int i = 0; i < size; i++) {
      double[] corner = CORNERS[i % 4];
      float[] row = {
        (float) (corner[0] + 2 * numbers.next()), (float) (corner[1] + 2 * numbers.next())
      };
      rows.add(i, row, false);
    }
    return rows;
  }

  private static Groups.Wanted wanted(Groups.Method method) {
    return new Groups.Wanted(method, new boolean[2], NAMES, LIKENESS);
  }

  @Test
  void ward_merges_at_the_heights_of_the_reference() {
    Points points =
        new Points(
            new Numbers(42).rows(20, 2), List.of(new Scale(false, 0, 1), new Scale(false, 0, 1)));

    assertThat(Ward.merges(points, 20).stream().mapToDouble(Ward.Merge::height).toArray())
        .containsExactly(
            new double[] {
              0.013257, 0.020642, 0.040971, 0.049193, 0.08481, 0.100365, 0.123258, 0.125141,
              0.144974, 0.159273, 0.163636, 0.269933, 0.299957, 0.364393, 0.514695, 0.630632,
              0.829693, 0.846196, 1.745818
            },
            within(2e-6));
  }

  @Test
  void k_means_finds_the_centres_of_the_reference() {
    Groups groups = Groups.learn(blobs(11, 2_000), wanted(Groups.Method.KMeans), null);

    double[][] expected = {
      {-0.6832, -0.6876}, {0.6812, -0.6788}, {-0.6804, 0.6845}, {0.6639, 0.6677}
    };
    for (int name = 0; name < 4; name++) {
      assertThat(groups.centres()[name]).containsExactly(expected[name], within(1e-3));
    }
    assertThat(groups.silhouette(blobs(11, 2_000))).isCloseTo(0.7753, within(1e-3));
  }

  @Test
  void both_methods_name_the_groups_alike() {
    Rows people = blobs(11, 2_000);
    Stream.of(Groups.Method.values())
        .map(method -> Groups.learn(people, wanted(method), null))
        .forEach(
            groups -> {
              assertThat(groups.names().get(groups.of(new float[] {1, 1}))).isEqualTo("none");
              assertThat(groups.names().get(groups.of(new float[] {6, 1}))).isEqualTo("spends");
              assertThat(groups.names().get(groups.of(new float[] {1, 6}))).isEqualTo("returns");
              assertThat(groups.names().get(groups.of(new float[] {6, 6}))).isEqualTo("both");
              assertThat(groups.sizes(people)).containsOnly(500);
            });
  }

  @Test
  void names_stay_with_their_people_when_others_are_learnt_from() {
    Groups before = Groups.learn(blobs(11, 2_000), wanted(Groups.Method.KMeans), null);

    Groups after = Groups.learn(blobs(12, 4_000), wanted(Groups.Method.KMeans), before);

    assertThat(after.moved(blobs(13, 1_000), before)).isLessThan(0.01);
    assertThat(Groups.learn(blobs(12, 4_000), wanted(Groups.Method.KMeans), before).centres())
        .isDeepEqualTo(after.centres());
  }

  @Test
  void a_name_goes_to_where_the_sum_fits_best_not_to_the_first_that_fits() {
    assertThat(CentreNames.assign(new double[][] {{1, 2, 9}, {1, 9, 9}, {9, 9, 1}}))
        .containsExactly(1, 0, 2);
  }

  @Test
  void says_when_people_do_not_differ() {
    Rows same = new Rows(2);
    for (int i = 0; i < 100; i++) {
      same.add(i, new float[] {1, 1}, false);
    }

    assertThatThrownBy(() -> Groups.learn(same, wanted(Groups.Method.KMeans), null))
        .hasMessage("people differ in too little: they make 1 groups instead of 4");
  }
}
