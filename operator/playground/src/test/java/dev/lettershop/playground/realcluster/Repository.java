package dev.lettershop.playground.realcluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files of the source tree that these tests hand to the API server. */
public final class Repository {
  public static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  static final Path CRDS = ROOT.resolve("crds");
  static final Path DEPLOY = ROOT.resolve("deploy");
  static final Path SCHEMA_FILES = ROOT.resolve("operator/core/src/test/resources/schema");
  public static final Path LETTERSHOP = ROOT.resolve("operator/playground/target/lettershop.jar");
  static final Path CONTROLLER =
      ROOT.resolve("operator/controller/target/quarkus-app/quarkus-run.jar");
  private static final YAMLMapper YAML = new YAMLMapper();

  private Repository() {}

  /** The CRDs, without what tells kustomize of them. */
  public static List<Path> crds() throws IOException {
    try (Stream<Path> files = Files.list(CRDS)) {
      return files
          .filter(file -> file.toString().endsWith(".lettershop.dev.yaml"))
          .sorted()
          .toList();
    }
  }

  /** All documents of a file; what looks like a date stays text. */
  public static List<JsonNode> documents(Path file) throws IOException {
    return documents(Files.readString(file));
  }

  public static List<JsonNode> documents(String yaml) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    YAML.readerFor(JsonNode.class)
        .<JsonNode>readValues(new YAMLFactory().createParser(yaml))
        .forEachRemaining(documents::add);
    return documents;
  }
}
