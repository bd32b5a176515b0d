package dev.lettershop.worker.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedInputsTest {
  @TempDir Path mounts;
  private Path volume;

  /** As the kubelet mounts a ConfigMap: names lead through a link to the present version. */
  @BeforeEach
  void mount() throws IOException {
    volume = Files.createDirectories(mounts.resolve("people"));
    Path version = Files.createDirectories(volume.resolve("..2026_03_01_09_00"));
    Files.writeString(version.resolve("people.csv"), "number\n1\n");
    Files.createSymbolicLink(volume.resolve("..data"), Path.of("..2026_03_01_09_00"));
    Files.createSymbolicLink(volume.resolve("people.csv"), Path.of("..data/people.csv"));
    Files.writeString(mounts.resolve("secret"), "not for sources");
  }

  private String read(String path) throws IOException {
    try (InputStream in = new MountedInputs(mounts).of("people", null).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theLinksOfAConfigMapAreFollowed() throws IOException {
    assertThat(read("people.csv")).isEqualTo("number\n1\n");
  }

  @Test
  void foldersOfTheVolumeAreReached() throws IOException {
    Files.createDirectories(volume.resolve("2026"));
    Files.writeString(volume.resolve("2026/march.csv"), "number\n3\n");

    assertThat(read("2026/march.csv")).isEqualTo("number\n3\n");
  }

  @Test
  void aPathDoesNotLeadOutOfTheVolume() {
    for (String path : new String[] {"../secret", "2026/../../secret", "" + mounts + "/secret"}) {
      assertThatThrownBy(() -> read(path)).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void aLinkDoesNotLeadOutOfTheVolume() throws IOException {
    Files.createSymbolicLink(volume.resolve("outside.csv"), mounts.resolve("secret"));

    assertThatThrownBy(() -> read("outside.csv"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("leads out of the volume");
  }

  @Test
  void aMissingFileIsNamedWithItsVolume() {
    assertThatThrownBy(() -> read("peple.csv"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("peple.csv")
        .hasMessageContaining(volume.toString());
  }
}
