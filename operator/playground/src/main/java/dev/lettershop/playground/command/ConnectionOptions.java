package dev.lettershop.playground.command;

import dev.lettershop.cli.output.UsageException;
import dev.lettershop.playground.api.ApiClient;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say where the resources are. */
final class ConnectionOptions {
  /** Where {@code lettershop playground} leaves its kubeconfig unless told otherwise. */
  private static final Path PLAYGROUND = Path.of(".lettershop", "playground", "kubeconfig");

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = {
        "The cluster. Default: what KUBECONFIG names, else the playground that was started in this"
            + " folder. Never ~/.kube/config."
      })
  private Path kubeconfig;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Namespace of resources that name none. Default: the kubeconfig's.")
  private String namespace;

  ApiClient connect() {
    return ApiClient.of(kubeconfig());
  }

  String namespace(ApiClient client) {
    return namespace == null ? client.namespace() : namespace;
  }

  private Path kubeconfig() {
    if (kubeconfig != null) {
      return kubeconfig;
    }
    Optional<Path> named = named(System.getenv("KUBECONFIG"));
    if (named.isPresent()) {
      return named.get();
    }
    if (Files.isReadable(PLAYGROUND)) {
      return PLAYGROUND;
    }
    throw new UsageException(
        "No playground runs from this folder. Start one with ./lettershop playground, or name a"
            + " cluster with --kubeconfig or KUBECONFIG");
  }

  /** The first file that exists, of a list as kubectl takes it. */
  private static Optional<Path> named(String variable) {
    if (variable == null || variable.isBlank()) {
      return Optional.empty();
    }
    return Arrays.stream(variable.split(File.pathSeparator))
        .filter(name -> !name.isBlank())
        .map(Path::of)
        .filter(Files::isReadable)
        .findFirst()
        .or(() -> Optional.of(Path.of(variable)));
  }
}
