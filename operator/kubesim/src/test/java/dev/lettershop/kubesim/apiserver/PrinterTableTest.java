package dev.lettershop.kubesim.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrinterTableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".status.size|7",
        ".status.conditions[?(@.type==\"Ready\")].status|True",
        ".status.conditions[?(@.type==\"Stalled\")].status|''",
        ".status.lastRun.sent|''"
      })
  void thePathsOfColumnsLeadToTheirValues(String path, String value) throws Exception {
    JsonNode object =
        new YAMLMapper()
            .readTree(
                "status: {size: 7, conditions: [{type: Reconciling, status: \"False\"}, {type:"
                    + " Ready, status: \"True\"}]}");

    assertThat(PrinterTable.at(object, path).asText()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT1M59S, 119s",
    "PT2M, 2m",
    "PT5M7S, 5m7s",
    "PT42M10S, 42m",
    "PT3H10M, 3h10m",
    "PT9H10M, 9h",
    "PT50H, 2d2h",
    "P20D, 20d"
  })
  void agesAreAsShortAsKubectlHasThem(Duration age, String text) {
    assertThat(PrinterTable.text(age)).isEqualTo(text);
  }
}
