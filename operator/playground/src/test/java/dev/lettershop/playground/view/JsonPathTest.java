package dev.lettershop.playground.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.playground.api.CrdFile;
import dev.lettershop.playground.api.ResourceKind;
import dev.lettershop.playground.api.ResourceKinds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
  private static final JsonNode DOCUMENT =
      yaml(
          """
          metadata:
            annotations: {example.com/team: post}
          status:
            size: 12
            conditions:
            - {type: Stalled, status: "False"}
            - {type: Ready, status: "True", reason: Succeeded}
            shards: {"0": {sent: 3}}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".status.size | 12",
        ".status.conditions[?(@.type==\"Ready\")].status | True",
        ".status.conditions[?(@.type == 'Ready')].reason | Succeeded",
        ".status.conditions[0].type | Stalled",
        ".status.conditions[-1].type | Ready",
        ".status.conditions[*].type | Stalled,Ready",
        ".metadata.annotations.example\\.com/team | post",
        ".metadata.annotations['example.com/team'] | post",
        ".status.shards.0.sent | 3",
        ".status.conditions[?(@.type==\"Absent\")].status |",
        ".status.conditions[7].type |",
        ".status.nothing.below |",
        ".status.size[*].below |",
      })
  void findsWhatAPathNames(String path, String found) {
    assertThat(JsonPath.of(path).in(DOCUMENT).stream().map(JsonNode::asText))
        .containsExactly(found == null ? new String[0] : found.split(","));
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", ".a[0", ".a[?(@.b>1)]", ".a[?(@.b==\"x\")", ".a[x]"})
  void refusesWhatItDoesNotUnderstand(String path) {
    assertThatThrownBy(() -> JsonPath.of(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void understandsEveryColumnOfOurKinds() {
    for (ResourceKind kind : ResourceKinds.lettershop()) {
      JsonNode columns = CrdFile.of(kind.plural()).columns();
      assertThat(columns).as(kind.kind()).hasSizeGreaterThan(2);
      columns.forEach(column -> JsonPath.of(column.path("jsonPath").asText()));
    }
  }

  static JsonNode yaml(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
