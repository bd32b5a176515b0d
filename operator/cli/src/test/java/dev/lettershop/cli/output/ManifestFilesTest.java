package dev.lettershop.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFilesTest {
  private static final String SEGMENT =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: %s}
      spec: {expression: profile.vip}
      """;

  @TempDir Path folder;

  private static ManifestFiles reading(byte[] input) {
    return new ManifestFiles(true, new ByteArrayInputStream(input));
  }

  @Test
  void aDashIsTheStandardInputBesideFiles() throws Exception {
    Path file = Files.writeString(folder.resolve("one.yaml"), SEGMENT.formatted("one"));
    byte[] input = SEGMENT.formatted("two").getBytes(StandardCharsets.UTF_8);

    ManifestFiles.Loaded loaded = reading(input).load(List.of(file, Path.of("-")));

    assertThat(loaded.resources().segments()).containsOnlyKeys("one", "two");
    assertThat(loaded.manifests().get(1).places().get("")).hasToString("stdin:1:1");
  }

  @Test
  void whatIsNotTextIsRefusedByItsName() {
    assertThatThrownBy(() -> reading(new byte[] {(byte) 0xff, 0}).load(List.of(Path.of("-"))))
        .isInstanceOf(UsageException.class)
        .hasMessage("stdin is not UTF-8 text");
  }

  @Test
  void foldersOfToolsAreNotLookedInto() throws Exception {
    Files.writeString(folder.resolve("one.yaml"), SEGMENT.formatted("one"));
    Path hidden = Files.createDirectories(folder.resolve(".lettershop/local"));
    Files.writeString(hidden.resolve("two.yaml"), SEGMENT.formatted("two"));

    assertThat(reading(new byte[0]).load(List.of(folder)).resources().segments())
        .containsOnlyKeys("one");
  }
}
