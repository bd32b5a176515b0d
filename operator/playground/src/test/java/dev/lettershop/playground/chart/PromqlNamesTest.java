package dev.lettershop.playground.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromqlNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time() - a_b{c=\"d\"} > 600 | a_b",
        "100 * sum by (x) (increase(a_total[1d])) / sum by (x) (b) | a_total b",
        "max(a) < 1 or absent(a) | a",
        "label_values(a{b=~\"$c\"}, d) | a"
      })
  void onlyMetricsAreNames(String expression, String names) {
    assertThat(PromqlNames.of(expression)).containsExactly(names.split(" "));
  }
}
