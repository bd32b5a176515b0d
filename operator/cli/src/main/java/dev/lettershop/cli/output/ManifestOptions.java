package dev.lettershop.cli.output;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which manifests a command works on. */
public final class ManifestOptions {
  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "PATH",
      description =
          "File or folder of manifests (.yaml, .yml, .json), or - for standard input. May be repeated.")
  private List<Path> paths;

  @Option(
      names = {"-R", "--recursive"},
      description = "Look into the folders of a folder too.")
  private boolean recursive;

  /** The folder that the first path is, or lies in. */
  public Path project() {
    Path first = paths.get(0);
    return Files.isDirectory(first) ? first : first.toAbsolutePath().getParent();
  }

  public ManifestFiles.Loaded load() {
    return new ManifestFiles(recursive).load(paths);
  }
}
