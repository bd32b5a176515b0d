package dev.lettershop.cli.quarantine;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.map.FieldTables;
import dev.lettershop.source.sync.QuarantineReplay;
import dev.lettershop.source.sync.QuarantineReplay.Replayed;
import dev.lettershop.source.sync.SourceDefinition;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.access.ManifestInputs;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.access.StoreOpening;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop quarantine replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Take a source's records out of the quarantine and through its mapping and cleaning as they are"
          + " in the manifests now.",
      "What can be used is loaded, all at once; the rest stays, with the reason of today."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all records could be used",
      "1:some could not, or the database failed",
      "2:usage or configuration"
    })
final class QuarantineReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;

  @Parameters(paramLabel = "SOURCE", description = "Name of the ProfileSource.")
  private String source;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Override
  public Integer call() {
    ManifestFiles.Loaded loaded = manifests.load();
    Compiled<SourcePlan> compiled = new PlanCompiler(loaded.resources()).source(source);
    if (!new Compilation(spec.commandLine(), loaded)
        .report(compiled.diagnostics(), Diagnostic::isError)) {
      return ExitCode.CONFIGURATION;
    }
    SourcePlan plan = compiled.value();
    Replayed replayed;
    try (StoreOpening opening =
        StoreOpening.of(plan.store(), new ManifestSecrets(loaded.resources().secrets()))) {
      opening.store().migrate(plan.store().schema());
      replayed =
          new QuarantineReplay(
                  opening.store(),
                  plan.store().schema(),
                  Set.copyOf(plan.topics()),
                  Clock.systemUTC())
              .replay(
                  new SourceDefinition(
                      plan.name(),
                      FieldTables.filled(
                          plan.spec(),
                          new ManifestInputs(loaded.resources(), null).tables(plan.name()))));
    } catch (ConnectorException fault) {
      throw RunException.configuration(
          "ProfileSource/" + plan.name() + " " + fault.field() + " " + fault.getMessage(), fault);
    }
    return report(replayed);
  }

  private int report(Replayed replayed) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, replayed);
    } else if (replayed.problems().isEmpty()) {
      out.printf(
          "%,d records used: %,d new, %,d changed, %,d merged%n",
          replayed.replayed(),
          replayed.counts().created(),
          replayed.counts().changed(),
          replayed.counts().merged());
      if (replayed.invalid() + replayed.unreadable() > 0) {
        out.printf(
            "%,d still cannot be used, %,d are no records; lettershop quarantine list says why%n",
            replayed.invalid(), replayed.unreadable());
      }
      out.flush();
    }
    if (!replayed.problems().isEmpty()) {
      replayed.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
      return ExitCode.CONFIGURATION;
    }
    return replayed.invalid() + replayed.unreadable() == 0 ? ExitCode.DONE : ExitCode.RETRY;
  }
}
