package dev.lettershop.playground.command;

import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.playground.api.ApiClient;
import dev.lettershop.playground.api.Applier;
import dev.lettershop.playground.api.ResourceKinds;
import dev.lettershop.resource.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop delete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Delete resources. What they own is deleted after them; what was sent stays in the ledger."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:deleted", "1:not found, or the API server does not answer", "2:usage"})
public final class DeleteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(paramLabel = "KIND/NAME", arity = "0..*", description = "KIND NAME… or KIND/NAME….")
  private List<String> words = List.of();

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "PATH",
      description = "Delete what these manifests describe. May be repeated.")
  private List<Path> paths = List.of();

  @Option(
      names = {"-R", "--recursive"},
      description = "Look into the folders of a folder too.")
  private boolean recursive;

  @Override
  public Integer call() {
    if (words.isEmpty() == paths.isEmpty()) {
      throw new UsageException("Say what to delete: KIND/NAME, or -f and the manifests");
    }
    try (ApiClient client = connection.connect()) {
      String namespace = connection.namespace(client);
      boolean complete = true;
      if (!words.isEmpty()) {
        for (Target target : named()) {
          complete &= delete(client, target, namespace);
        }
        return complete ? 0 : 1;
      }
      for (Manifest manifest : written()) {
        Target target =
            new Target(ResourceKinds.of(manifest.json()).orElseThrow(), manifest.ref().name());
        String home = manifest.namespace() == null ? namespace : manifest.namespace();
        complete &= delete(client, target, home);
      }
      return complete ? 0 : 1;
    }
  }

  private List<Target> named() {
    List<Target> targets = Target.of(words);
    if (targets.stream().anyMatch(target -> target.name() == null)) {
      throw new UsageException("Name the resources to delete: " + words.get(0) + "/NAME");
    }
    return targets;
  }

  /** The last first: what refers to others goes before them. */
  private List<Manifest> written() {
    List<Manifest> manifests =
        new ArrayList<>(Applier.inOrder(new ManifestFiles(recursive).load(paths).manifests()));
    Collections.reverse(manifests);
    return manifests;
  }

  private boolean delete(ApiClient client, Target target, String namespace) {
    if (!client.delete(target.kind(), namespace, target.name())) {
      GetCommand.notFound(spec, target, namespace);
      return false;
    }
    spec.commandLine()
        .getOut()
        .println(target.kind().qualified() + " \"" + target.name() + "\" deleted");
    spec.commandLine().getOut().flush();
    return true;
  }
}
