package dev.lettershop.playground.quickstart;

import dev.lettershop.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The resources of {@code samples/quickstart}, without the data that are made for each run. */
final class SampleFolder {
  private static final Path INSIDE_THE_TREE = Path.of("samples", "quickstart");

  /** Folder of the inputs, beside the resources; their paths name it. */
  static final String DATA = "data";

  private final Path folder;

  private SampleFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * @param home the source tree, or null when nobody said
   * @throws UsageException when there is no sample
   */
  static SampleFolder find(String home) {
    Path tree = Path.of(home == null ? "" : home).toAbsolutePath();
    Path folder = tree.resolve(INSIDE_THE_TREE);
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "There is no " + folder + "; call ./lettershop of a complete source tree");
    }
    return new SampleFolder(folder);
  }

  void copyTo(Path target) throws IOException {
    Files.createDirectories(target);
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Files.copy(file, target.resolve(file.getFileName()));
    }
  }
}
