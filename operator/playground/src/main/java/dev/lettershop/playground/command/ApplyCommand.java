package dev.lettershop.playground.command;

import dev.lettershop.cli.output.DiagnosticPrinter;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.playground.api.ApiClient;
import dev.lettershop.playground.api.ApiFailure;
import dev.lettershop.playground.api.Applier;
import dev.lettershop.playground.api.ResourceKinds;
import dev.lettershop.resource.Manifest;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop apply}. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Make a cluster's resources what the manifests say.",
      "Manifests are checked first, and nothing is applied when one is malformed. Takes"
          + " Lettershop's resources, ConfigMaps and Secrets; other kinds are kubectl's."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:applied",
      "1:something is malformed or was refused, or the API server does not answer",
      "2:usage, or a path that cannot be read"
    })
public final class ApplyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

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

  @Override
  public Integer call() {
    ManifestFiles.Loaded loaded = new ManifestFiles(recursive).load(paths);
    DiagnosticPrinter findings =
        new DiagnosticPrinter(
            spec.commandLine().getErr(),
            spec.commandLine().getColorScheme().ansi(),
            loaded.resources());
    findings.print(loaded.diagnostics());
    if (loaded.diagnostics().stream().anyMatch(Diagnostic::isError)) {
      return 1;
    }
    try (ApiClient client = connection.connect()) {
      Applier applier = new Applier(client, connection.namespace(client));
      List<Diagnostic> refused = new ArrayList<>();
      for (Manifest manifest : Applier.inOrder(loaded.manifests())) {
        apply(applier, manifest, refused);
      }
      findings.print(refused);
      return refused.isEmpty() ? 0 : 1;
    }
  }

  private void apply(Applier applier, Manifest manifest, List<Diagnostic> refused) {
    try {
      Applier.Outcome outcome = applier.apply(manifest.json());
      PrintWriter out = spec.commandLine().getOut();
      String name =
          ResourceKinds.of(manifest.json()).orElseThrow().qualified(manifest.ref().name());
      out.println(name + " " + outcome);
      out.flush();
    } catch (ApiFailure e) {
      if (!e.isRefusal()) {
        throw e;
      }
      refused.addAll(findings(manifest.ref(), e));
    }
  }

  /** One for each field that the server names; the printer knows where the field is written. */
  private static List<Diagnostic> findings(ResourceRef ref, ApiFailure refusal) {
    if (refusal.causes().isEmpty()) {
      return List.of(new Diagnostic(Severity.Error, ref, "", null, refusal.getMessage(), null));
    }
    List<Diagnostic> findings = new ArrayList<>();
    for (StatusCause cause : refusal.causes()) {
      String field = cause.getField() == null ? "" : cause.getField();
      findings.add(new Diagnostic(Severity.Error, ref, field, null, "" + cause.getMessage(), null));
    }
    return findings;
  }
}
