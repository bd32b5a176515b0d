package dev.lettershop.cli.output;

import dev.lettershop.resource.ResourceSet;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option that asks for servers on this machine. */
public final class EmbeddedOption {
  @Option(
      names = "--embedded",
      description = {
        "With a PostgreSQL and an SMTP inbox of its own on this machine, in place of those that the"
            + " resources name. No mail leaves the machine. Their data are kept in .lettershop/local"
            + " in the folder of -f."
      })
  private boolean embedded;

  /** Whether they are asked for. */
  public boolean isGiven() {
    return embedded;
  }

  /** The servers, started and announced on standard error; empty when nobody asked for them. */
  public Optional<LocalServers.Running> start(ManifestOptions manifests, CommandLine commandLine) {
    if (!embedded) {
      return Optional.empty();
    }
    LocalServers servers =
        ServiceLoader.load(LocalServers.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--embedded works with ./lettershop on a laptop; images have no servers"));
    LocalServers.Running running = servers.start(manifests.project());
    commandLine.getErr().println(running.places());
    commandLine.getErr().flush();
    return Optional.of(running);
  }

  /**
   * Works with resources: as they are written, or with servers of this machine in place of theirs
   * when those are asked for. They end with the work.
   */
  public <T> T with(
      ManifestOptions manifests,
      ManifestFiles.Loaded loaded,
      CommandLine commandLine,
      Function<ResourceSet, T> work) {
    return placing(manifests, commandLine, placing -> work.apply(placing.apply(loaded)));
  }

  /**
   * The same for who reads several sets of manifests.
   *
   * @param work is given what puts the servers in place
   */
  public <T> T placing(
      ManifestOptions manifests,
      CommandLine commandLine,
      Function<Function<ManifestFiles.Loaded, ResourceSet>, T> work) {
    Optional<LocalServers.Running> servers = start(manifests, commandLine);
    if (servers.isEmpty()) {
      return work.apply(ManifestFiles.Loaded::resources);
    }
    try (LocalServers.Running running = servers.get()) {
      return work.apply(running::inPlace);
    }
  }
}
