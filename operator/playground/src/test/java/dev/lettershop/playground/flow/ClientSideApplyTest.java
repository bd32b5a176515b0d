package dev.lettershop.playground.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What {@code kubectl apply} and Argo CD send when nothing has changed: the merge patch between
 * what was applied, what is to be applied, and what the server made of it. It must be empty, or an
 * unchanged sample counts as changed for ever.
 */
class ClientSideApplyTest {
  private static final Path SAMPLES = Path.of("../../samples");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.builder().start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void whatTheServerAddsToASampleIsNoChange() throws IOException {
    List<String> changes = new ArrayList<>();
    int seen = 0;
    for (Path file : files()) {
      Namespace namespace = Namespace.create(cluster.server());
      for (JsonNode wished :
          YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).readAll()) {
        if (wished.path("apiVersion").asText().startsWith("lettershop.dev/")) {
          seen++;
          differences(
              file.getFileName()
                  + " "
                  + wished.at("/kind").asText()
                  + "/"
                  + wished.at("/metadata/name").asText(),
              wished.get("spec"),
              applied(namespace, wished).get("spec"),
              changes);
        }
      }
    }
    assertThat(changes).isEmpty();
    assertThat(seen).as("objects of ours in samples").isGreaterThan(20);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().contains("helm"))
          .sorted()
          .toList();
    }
  }

  private static JsonNode applied(Namespace namespace, JsonNode wished) {
    ObjectNode plain = wished.deepCopy();
    ((ObjectNode) plain.get("metadata")).remove("namespace");
    GenericKubernetesResource object = JSON.convertValue(plain, GenericKubernetesResource.class);
    return JSON.valueToTree(
        namespace.client().resource(object).inNamespace(namespace.name()).create());
  }

  /** The merge patch from what is to what is wished; what is not wished for is not looked at. */
  private static void differences(String path, JsonNode wished, JsonNode is, List<String> changes) {
    if (wished.isObject() && is != null && is.isObject()) {
      wished
          .properties()
          .forEach(
              field ->
                  differences(
                      path + "." + field.getKey(),
                      field.getValue(),
                      is.get(field.getKey()),
                      changes));
    } else if (!wished.equals(is)) {
      changes.add(path + ": " + wished + " became " + is);
    }
  }
}
