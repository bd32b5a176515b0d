package dev.lettershop.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.lettershop.encoding.JsonMappers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples as an editor sees them that knows the JSON schema. */
class SampleSchemaTest {
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final String HEADER = "# yaml-language-server: $schema=";
  private static JsonSchema schema;

  @BeforeAll
  static void read() throws IOException {
    Path file = ROOT.resolve("schemas/lettershop.json");
    schema =
        JsonSchemaFactory.getInstance(VersionFlag.V7)
            .getSchema(JsonMappers.PLAIN.readTree(Files.readString(file)));
  }

  static Stream<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("samples"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().contains("/.lettershop/"))
          .filter(SampleSchemaTest::isOurs)
          .sorted()
          .toList()
          .stream();
    }
  }

  private static boolean isOurs(Path file) {
    try {
      return Files.readString(file)
          .lines()
          .anyMatch(l -> l.startsWith("apiVersion: lettershop.dev/"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    try (var values =
        JsonMappers.YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      values.forEachRemaining(documents::add);
    }
    return documents;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleNamesTheSchemaAndFollowsIt(Path file) throws IOException {
    String first = Files.readString(file).lines().findFirst().orElse("");
    assertThat(first).startsWith(HEADER);
    Path named = file.getParent().resolve(first.substring(HEADER.length())).normalize();
    assertThat(named).isEqualTo(ROOT.resolve("schemas/lettershop.json"));
    for (JsonNode document : documents(file)) {
      assertThat(schema.validate(document)).as(document.at("/metadata/name").asText()).isEmpty();
    }
  }

  @Test
  void aFieldThatDoesNotExistIsAnError() throws IOException {
    JsonNode segment = documents(ROOT.resolve("samples/quickstart/segments.yaml")).get(0);
    ((ObjectNode) segment.get("spec")).put("expresion", "true");

    assertThat(schema.validate(segment))
        .anySatisfy(message -> assertThat(message.getMessage()).contains("expresion"));
  }
}
