package dev.lettershop.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {
  private static final Path SAMPLES = Path.of("../../samples");

  static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void everySampleIsSound(Path file) throws IOException {
    ParsedManifests parsed =
        ResourceParser.parse(SAMPLES.relativize(file).toString(), Files.readString(file));

    assertThat(parsed.diagnostics()).isEmpty();
  }
}
