package dev.lettershop.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Run with {@code -Dcrds.write=true} to write {@code crds/} anew. */
@TestInstance(Lifecycle.PER_CLASS)
class CrdsTest {
  private static final Path CRDS = Path.of("..", "..", "crds");
  private static final String WRITE =
      "regenerate them: mvn -pl operator/api test -Dtest=CrdsTest -Dcrds.write=true";

  /** The longest that kubectl's client-side apply can annotate an object with. */
  private static final int MAX_BYTES = 262_144;

  private Map<String, String> generated;

  @BeforeAll
  void generate(@TempDir Path scratch) throws IOException {
    generated = CrdGeneration.generate(scratch);
    if (Boolean.getBoolean("crds.write")) {
      for (Map.Entry<String, String> file : generated.entrySet()) {
        Files.writeString(CRDS.resolve(file.getKey()), file.getValue());
      }
    }
  }

  @Test
  void theFilesAreWhatTheTypesSay() throws IOException {
    Map<String, String> committed = new TreeMap<>();
    try (Stream<Path> files = Files.list(CRDS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        committed.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(committed.keySet()).as(WRITE).isEqualTo(generated.keySet());
    generated.forEach((name, text) -> assertThat(committed.get(name)).as(WRITE).isEqualTo(text));
  }

  @Test
  void everyKindHasItsCrd() {
    assertThat(generated)
        .containsOnlyKeys(
            "campaignruns.lettershop.dev.yaml",
            "campaigns.lettershop.dev.yaml",
            "emailtemplates.lettershop.dev.yaml",
            "mailtransports.lettershop.dev.yaml",
            "profilesources.lettershop.dev.yaml",
            "profilestores.lettershop.dev.yaml",
            "segments.lettershop.dev.yaml");
  }

  @Test
  void everyCrdIsSmallEnoughForClientSideApply() {
    generated.forEach((name, text) -> assertThat(text.length()).as(name).isLessThan(MAX_BYTES));
  }
}
