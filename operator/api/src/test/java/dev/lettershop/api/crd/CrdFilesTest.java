package dev.lettershop.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keeps {@code crds/} equal to the types; {@code -Dgenerated.update} writes the files anew. */
class CrdFilesTest {
  private static final Path FOLDER = Path.of("../../crds");
  private static final Path REFERENCE = Path.of("../../docs/api-reference.md");
  private static final String KUSTOMIZATION = "Kustomization";
  private static final SortedMap<String, String> GENERATED = CrdFiles.generate();

  /** What client-side apply can keep in its annotation. */
  private static final int MOST_BYTES = 262_144;

  @Test
  @Tag("generated")
  void theFilesAreWhatTheTypesSay() throws IOException {
    if (Boolean.getBoolean("generated.update")) {
      write();
    }

    assertThat(files())
        .as("The CRDs differ from the types. Write them anew with:" + " mvn -q -Pgenerate test")
        .isEqualTo(GENERATED);
  }

  @Test
  @Tag("generated")
  void theReferenceIsMadeFromTheCrds() throws IOException {
    String text =
        ApiReference.of(
            GENERATED.values().stream()
                .map(crd -> Serialization.unmarshal(crd, JsonNode.class))
                .toList());
    if (Boolean.getBoolean("generated.update")) {
      Files.writeString(REFERENCE, text);
    }

    assertThat(REFERENCE)
        .as("The reference differs from the CRDs. Write it anew with: mvn -q -Pgenerate test")
        .hasContent(text);
  }

  @Test
  void kustomizeIsToldOfEveryFile() throws IOException {
    JsonNode kustomization =
        Serialization.unmarshal(Files.readString(FOLDER.resolve(KUSTOMIZATION)), JsonNode.class);

    assertThat(kustomization.get("resources"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(GENERATED.keySet());
  }

  @Test
  void everyFileCanBeAppliedFromTheClient() {
    assertThat(GENERATED)
        .hasSize(9)
        .allSatisfy(
            (name, text) ->
                assertThat(text.getBytes(StandardCharsets.UTF_8).length)
                    .as(name)
                    .isLessThan(MOST_BYTES));
  }

  @Test
  void everyFieldIsDescribedAndBounded() {
    GENERATED.forEach(
        (name, text) -> {
          JsonNode crd = Serialization.unmarshal(text, JsonNode.class);
          JsonNode schema = crd.at("/spec/versions/0/schema/openAPIV3Schema");
          List<String> lacks = new ArrayList<>();
          schema
              .get("properties")
              .properties()
              .forEach(part -> lacks(part.getKey(), part.getValue(), lacks));
          assertThat(lacks).as(name).isEmpty();
        });
  }

  @Test
  void anUnobservedResourceHasNoGeneration() {
    assertThat(GENERATED)
        .allSatisfy(
            (name, text) -> {
              JsonNode crd = Serialization.unmarshal(text, JsonNode.class);
              JsonNode status = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/status");
              assertThat(status.at("/default/observedGeneration").asInt()).isEqualTo(-1);
              assertThat(crd.at("/spec/versions/0/subresources/status").isObject()).isTrue();
            });
  }

  /**
   * A merge patch replaces lists as a whole, so that an item with a default differs from what was
   * applied each time: kubectl says "configured", and Argo CD "OutOfSync", for ever.
   */
  @Test
  void noItemOfAListHasADefault() {
    List<String> defaults = new ArrayList<>();
    GENERATED.forEach(
        (name, text) ->
            defaultsOfItems(
                name,
                Serialization.unmarshal(text, JsonNode.class)
                    .at("/spec/versions/0/schema/openAPIV3Schema"),
                false,
                defaults));
    assertThat(defaults).isEmpty();
  }

  private static void defaultsOfItems(
      String path, JsonNode schema, boolean inItem, List<String> defaults) {
    if (inItem && schema.has("default")) {
      defaults.add(path);
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            field ->
                defaultsOfItems(path + "." + field.getKey(), field.getValue(), inItem, defaults));
    if (schema.path("additionalProperties").isObject()) {
      defaultsOfItems(path + "{}", schema.get("additionalProperties"), inItem, defaults);
    }
    if (schema.has("items")) {
      defaultsOfItems(path + "[]", schema.get("items"), true, defaults);
    }
  }

  private static void lacks(String path, JsonNode schema, List<String> lacks) {
    String type = schema.path("type").asText();
    lack(schema.has("description"), path + ": description", lacks);
    bounds(path, schema, lacks);
    if (type.equals("array")) {
      bounds(path + "[]", schema.get("items"), lacks);
    }
    JsonNode fields = type.equals("array") ? schema.get("items") : schema;
    fields
        .path("properties")
        .properties()
        .forEach(field -> lacks(path + "." + field.getKey(), field.getValue(), lacks));
  }

  private static void bounds(String path, JsonNode schema, List<String> lacks) {
    String type = schema.path("type").asText();
    boolean open = !schema.has("enum") && !schema.has("maxLength");
    lack(!type.equals("string") || !open, path + ": maxLength", lacks);
    lack(!type.equals("array") || schema.has("maxItems"), path + ": maxItems", lacks);
    lack(
        !type.equals("integer") || schema.has("minimum") || schema.has("maximum"),
        path + ": minimum",
        lacks);
    if (schema.has("additionalProperties")) {
      lack(schema.has("maxProperties"), path + ": maxProperties", lacks);
      bounds(path + "{}", schema.get("additionalProperties"), lacks);
    }
  }

  private static void lack(boolean there, String what, List<String> lacks) {
    if (!there) {
      lacks.add(what);
    }
  }

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(FOLDER)) {
      for (Path path :
          paths.filter(Files::isRegularFile).filter(p -> !p.endsWith(KUSTOMIZATION)).toList()) {
        files.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    return files;
  }

  private static void write() throws IOException {
    Files.createDirectories(FOLDER);
    for (Map.Entry<String, String> file : GENERATED.entrySet()) {
      Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
    }
  }
}
