package dev.lettershop.cli.output;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options that say which manifests a command works on. */
public final class ManifestOptions {
  @Option(
      names = {"-f", "--filename"},
      paramLabel = "PATH",
      description =
          "File or folder of manifests (.yaml, .yml, .json), or - for standard input. May be repeated.")
  private List<Path> paths;

  @Option(
      names = {"-R", "--recursive"},
      description = "Look into the folders of a folder too.")
  private boolean recursive;

  private Supplier<ManifestFiles.Loaded> otherwise;

  /** Says where resources come from when no path is given. */
  public void otherwise(Supplier<ManifestFiles.Loaded> resources) {
    otherwise = resources;
  }

  /** Whether there is something to work on. */
  public boolean areGiven() {
    return paths != null || otherwise != null;
  }

  /**
   * The folder that the first path is, or lies in.
   *
   * @throws UsageException when no path is given
   */
  public Path project() {
    if (paths == null) {
      throw new UsageException("What is kept lies in the folder of -f: name one");
    }
    Path first = paths.get(0);
    return Files.isDirectory(first) ? first : first.toAbsolutePath().getParent();
  }

  /** Changes whenever a file does that is read, or one comes or goes. */
  public String state() {
    return paths == null ? "" : new ManifestFiles(recursive).state(paths);
  }

  /**
   * @throws UsageException when a path cannot be read, or none is given and there is nothing else
   */
  public ManifestFiles.Loaded load() {
    if (!areGiven()) {
      throw new UsageException("Missing required option: '--filename=PATH'");
    }
    return paths == null ? otherwise.get() : new ManifestFiles(recursive).load(paths);
  }
}
