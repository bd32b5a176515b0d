package dev.lettershop.playground.command;

import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.playground.embedded.ProjectServers;
import dev.lettershop.resource.ResourceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The options that put somebody's own folder into a playground. */
final class ProjectOptions {
  @Option(
      names = {"-f", "--filename"},
      paramLabel = "DIR",
      description = {
        "Apply this folder of manifests in place of the sample, with the playground's servers in"
            + " place of its own, and again whenever a file changes."
      })
  private Path folder;

  @Option(
      names = "--embedded",
      description =
          "With -f: keep profiles, the ledger and mails in .lettershop/local of that folder, as run"
              + " --embedded does.")
  private boolean embedded;

  boolean isGiven() {
    return folder != null;
  }

  Path folder() {
    return folder;
  }

  /**
   * Servers that keep what they hold; null when they need not.
   *
   * @throws IOException when they do not start
   * @throws UsageException when there is no folder
   */
  ProjectServers servers() throws IOException, InterruptedException {
    if (embedded && folder == null) {
      throw new UsageException("--embedded keeps data in the folder of -f: name one");
    }
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UsageException("-f " + folder + " is not a folder");
    }
    return embedded ? ProjectServers.start(folder) : null;
  }

  private ResourceSet resources() {
    return new ManifestFiles(false).load(List.of(folder)).resources();
  }

  /** The folder stands in for every claim that its sources name. */
  Map<String, Path> claims() {
    Map<String, Path> claims = new TreeMap<>();
    resources().profileSources().values().stream()
        .filter(source -> source.getSpec() != null && source.getSpec().file() != null)
        .map(source -> source.getSpec().file().volume().persistentVolumeClaim())
        .filter(Objects::nonNull)
        .forEach(claim -> claims.put(claim.claimName(), folder.toAbsolutePath().normalize()));
    return claims;
  }

  /** A campaign of the folder, or null. */
  String campaign() {
    return resources().campaigns().keySet().stream().sorted().findFirst().orElse(null);
  }
}
