package dev.lettershop.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps {@code crds/} equal to the types; {@code -Dcrds.update} writes the files anew. */
class CrdFilesTest {
  private static final Path FOLDER = Path.of("../../crds");
  private static final SortedMap<String, String> GENERATED = CrdFiles.generate();

  /** What client-side apply can keep in its annotation. */
  private static final int MOST_BYTES = 262_144;

  @Test
  void theFilesAreWhatTheTypesSay() throws IOException {
    if (Boolean.getBoolean("crds.update")) {
      write();
    }

    assertThat(files())
        .as(
            "The CRDs differ from the types. Write them anew with:"
                + " mvn -pl operator/api test -Dtest=CrdFilesTest -Dcrds.update=true")
        .isEqualTo(GENERATED);
  }

  @Test
  void everyFileCanBeAppliedFromTheClient() {
    assertThat(GENERATED)
        .hasSize(7)
        .allSatisfy(
            (name, text) ->
                assertThat(text.getBytes(StandardCharsets.UTF_8).length)
                    .as(name)
                    .isLessThan(MOST_BYTES));
  }

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(FOLDER)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".yaml")).toList()) {
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
