package dev.lettershop.playground.command;

import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.playground.api.ClusterResources;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The same commands as a plugin of kubectl: where they take manifests and none are given, they work
 * on the resources of the cluster and namespace that kubectl would use.
 */
public final class KubectlPlugin {
  /** System property that says that kubectl has called. */
  public static final String PROPERTY = "lettershop.kubectl";

  private String namespace;
  private String context;
  private Path kubeconfig;

  private KubectlPlugin() {}

  /** Turns the command line into that of the plugin. */
  public static CommandLine of(CommandLine commandLine) {
    KubectlPlugin plugin = new KubectlPlugin();
    commandLine.setCommandName("kubectl lettershop");
    plugin.extend(commandLine, new HashSet<>());
    return commandLine;
  }

  private void extend(CommandLine command, Set<CommandLine> done) {
    if (!done.add(command)) {
      return;
    }
    command.getSubcommands().values().forEach(sub -> extend(sub, done));
    CommandSpec spec = command.getCommandSpec();
    OptionSpec files = spec.findOption("-f");
    // diff compares manifests with the cluster, and has the options already.
    if (files == null
        || !(enclosing(files) instanceof ManifestOptions manifests)
        || spec.findOption("-n") != null) {
      return;
    }
    manifests.otherwise(() -> new ClusterResources().loaded(kubeconfig, context, namespace));
    add(
        spec,
        "Namespace of the resources. Default: that of the context.",
        this::namespace,
        "-n",
        "--namespace");
    add(spec, "Context of the kubeconfig. Default: its current one.", this::context, "--context");
    add(spec, "The kubeconfig. Default: as kubectl finds it.", this::kubeconfig, "--kubeconfig");
  }

  /** The object that holds the option's value. */
  private static Object enclosing(OptionSpec option) {
    try {
      return option.scope().get();
    } catch (Exception e) {
      throw new IllegalStateException("Options are fields of objects that exist", e);
    }
  }

  private void namespace(String name) {
    namespace = name;
  }

  private void context(String name) {
    context = name;
  }

  private void kubeconfig(String file) {
    kubeconfig = file == null ? null : Path.of(file);
  }

  private static void add(
      CommandSpec spec, String description, Consumer<String> take, String... names) {
    if (Arrays.stream(names).anyMatch(name -> spec.findOption(name) != null)) {
      return;
    }
    spec.addOption(
        OptionSpec.builder(names)
            .type(String.class)
            .paramLabel(names[0].equals("--kubeconfig") ? "FILE" : "NAME")
            .description(description)
            .setter(
                new CommandLine.Model.ISetter() {
                  @Override
                  @SuppressWarnings("unchecked")
                  public <T> T set(T value) {
                    take.accept((String) value);
                    return null;
                  }
                })
            .build());
  }
}
