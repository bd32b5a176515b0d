package dev.lettershop.cli.output;

import java.util.Optional;
import java.util.ServiceLoader;
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
}
