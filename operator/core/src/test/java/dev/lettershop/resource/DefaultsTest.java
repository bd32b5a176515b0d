package dev.lettershop.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The types and the CRDs both have defaults; here they are compared. */
class DefaultsTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  /**
   * Defaults of fields inside lists: the types know them, since in a schema they would be drift.
   */
  private static final Map<String, JsonNode> INSIDE_LISTS =
      Map.of(
          "pii", BooleanNode.FALSE,
          "type", TextNode.valueOf("Text"),
          "transform", TextNode.valueOf("None"),
          "port", IntNode.valueOf(587),
          "tls", TextNode.valueOf("StartTls"),
          "auth", TextNode.valueOf("Password"),
          "maxKibibytes", IntNode.valueOf(1024),
          "optional", BooleanNode.FALSE,
          "allowPrivateAddresses", BooleanNode.FALSE);

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

    withoutDefaultsInsideLists(typed.get("spec"), completed.get("spec"), false);
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

  /** Takes away what the schema does not fill in, where it must not. */
  private static void withoutDefaultsInsideLists(JsonNode typed, JsonNode given, boolean inside) {
    if (typed instanceof ObjectNode object && given != null) {
      object
          .properties()
          .removeIf(
              field ->
                  inside
                      && !given.has(field.getKey())
                      && field.getValue().equals(INSIDE_LISTS.get(field.getKey())));
      object
          .properties()
          .forEach(
              field ->
                  withoutDefaultsInsideLists(field.getValue(), given.get(field.getKey()), inside));
    } else if (typed instanceof ArrayNode list && given != null) {
      for (int i = 0; i < list.size(); i++) {
        withoutDefaultsInsideLists(list.get(i), given.get(i), true);
      }
    }
  }

  /**
   * Numbers as text, since some fields take either, and without empty objects, which say nothing.
   */
  private static Object written(JsonNode spec) throws IOException {
    Map<String, Object> fields =
        YAML.readValue(YAML.writeValueAsString(spec), new TypeReference<>() {});
    fields.values().removeIf(Map.of()::equals);
    return numbersAsText(fields);
  }

  private static Object numbersAsText(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> texts = new TreeMap<>();
      map.forEach((key, item) -> texts.put(key, numbersAsText(item)));
      return texts;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(DefaultsTest::numbersAsText).toList();
    }
    return value instanceof Number ? value.toString() : value;
  }
}
