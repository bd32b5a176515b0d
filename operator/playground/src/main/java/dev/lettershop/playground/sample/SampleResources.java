package dev.lettershop.playground.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.cli.output.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The resources of {@code samples/quickstart}. What differs from place to place, the servers and
 * the login, is replaced, as an overlay for each environment would.
 */
public final class SampleResources {
  /** The claim that the sources' volumes name. */
  public static final String CLAIM = "shop-exports";

  /** Folder of the inputs inside the claim's volume; the sources' paths name it. */
  public static final String DATA = "data";

  private static final Path INSIDE_THE_TREE = Path.of("samples", "quickstart");
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  private final Path folder;

  private SampleResources(Path folder) {
    this.folder = folder;
  }

  /**
   * @param home the source tree, or null when nobody said
   * @throws UsageException when there is no sample
   */
  public static SampleResources find(String home) {
    Path tree = Path.of(home == null ? "" : home).toAbsolutePath();
    Path folder = tree.resolve(INSIDE_THE_TREE);
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "folder not found: " + folder + "; call ./lettershop of a complete source tree");
    }
    return new SampleResources(folder);
  }

  /** Where they are as they are written. */
  public Path folder() {
    return folder;
  }

  /** Writes the files for a place with these servers. */
  public void write(Path target, Servers servers) throws IOException {
    Files.createDirectories(target);
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = target.resolve(file.getFileName());
      if (!file.toString().endsWith(".yaml") || !overlay(file, copy, servers)) {
        Files.copy(file, copy);
      }
    }
  }

  private static boolean overlay(Path file, Path copy, Servers servers) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      values.forEachRemaining(documents::add);
    }
    boolean differs = false;
    for (JsonNode document : documents) {
      differs |= replaced((ObjectNode) document, servers);
    }
    if (differs) {
      StringBuilder text = new StringBuilder("# As the sample, but for this place.\n");
      for (JsonNode document : documents) {
        text.append(YAML.writeValueAsString(document));
      }
      Files.writeString(copy, text);
    }
    return differs;
  }

  private static boolean replaced(ObjectNode resource, Servers servers) {
    if (resource.path("kind").asText().equals("Secret")) {
      if (!resource.at("/metadata/name").asText().equals("lettershop-db")) {
        return false;
      }
      ObjectNode login = resource.putObject("stringData");
      login.put("username", servers.username()).put("password", servers.password());
      return true;
    }
    return servers.replaceIn(resource, servers.database());
  }
}
