package dev.lettershop.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineChecksTest {
  @TempDir Path home;

  private Check maven() {
    return MachineChecks.of(Map.of("MAVEN_HOME", home.toString()), System.getProperties(), 17)
        .get(1);
  }

  /** Debian's file is called 3.x, whatever it is. */
  private void install(String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.writeString(home.resolve("bin/mvn"), "");
    try (ZipOutputStream jar =
        new ZipOutputStream(Files.newOutputStream(home.resolve("lib/maven-core-3.x.jar")))) {
      jar.putNextEntry(new ZipEntry("META-INF/maven/org.apache.maven/maven-core/pom.properties"));
      jar.write(("version=" + version + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  @ParameterizedTest
  @CsvSource({"3.6.3, warning", "3.8.5, warning", "3.8.6, ok", "3.10.0, ok", "4.0.0, ok"})
  void aMavenThatIsTooOldIsSaid(String version, String state) throws IOException {
    install(version);

    assertThat(maven().state().name()).isEqualTo(state);
    assertThat(maven().message()).startsWith(version + " in ");
  }

  @Test
  void oneWithoutItsLibraryIsOfAnUnknownVersion() throws IOException {
    install("3.9.9");
    Files.delete(home.resolve("lib/maven-core-3.x.jar"));

    assertThat(maven().message()).startsWith("of an unknown version in ");
  }
}
