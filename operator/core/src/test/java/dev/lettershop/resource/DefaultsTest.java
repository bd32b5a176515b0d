package dev.lettershop.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The types and the CRDs both have defaults; here they are compared. */
class DefaultsTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  static List<Path> valid() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/schema"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("valid-"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void theTypesHaveTheDefaultsOfTheSchema(Path file) throws IOException {
    JsonNode resource = YAML.readTree(Files.readString(file));
    String kind = resource.get("kind").asText();

    JsonNode typed = YAML.valueToTree(YAML.convertValue(resource, Kinds.TYPES.get(kind)));
    JsonNode completed = CrdSchema.of(kind).completed(resource);

    assertThat(written(typed.get("spec"))).isEqualTo(written(completed.get("spec")));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void aTypeWritesWhatItReads(Path file) throws IOException {
    JsonNode resource = YAML.readTree(Files.readString(file));
    String kind = resource.get("kind").asText();

    JsonNode typed = YAML.valueToTree(YAML.convertValue(resource, Kinds.TYPES.get(kind)));

    assertThat(CrdSchema.of(kind).check(typed)).isEmpty();
  }

  /** Numbers whatever their Java type, and without empty objects, which say nothing. */
  private static Object written(JsonNode spec) throws IOException {
    Map<String, Object> fields =
        YAML.readValue(YAML.writeValueAsString(spec), new TypeReference<>() {});
    fields.values().removeIf(Map.of()::equals);
    return fields;
  }
}
