package dev.lettershop.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keeps {@code schemas/} equal to the types; {@code -Dgenerated.update} writes the files anew. */
class JsonSchemaFilesTest {
  private static final Path FOLDER = Path.of("../../schemas");

  @Test
  @Tag("generated")
  void theFilesAreWhatTheTypesSay() throws IOException {
    SortedMap<String, String> generated = JsonSchemaFiles.generate(CrdFiles.generate());
    if (Boolean.getBoolean("generated.update")) {
      Files.createDirectories(FOLDER);
      for (Map.Entry<String, String> file : generated.entrySet()) {
        Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
      }
    }

    assertThat(files())
        .as("The JSON schemas differ from the types. Write them anew with: mvn -q -Pgenerate test")
        .isEqualTo(generated);
  }

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(FOLDER)) {
      for (Path path : paths.filter(file -> file.toString().endsWith(".json")).toList()) {
        files.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    return files;
  }
}
