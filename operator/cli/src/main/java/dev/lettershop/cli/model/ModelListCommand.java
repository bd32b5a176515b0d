package dev.lettershop.cli.model;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.models.VersionReport;
import dev.lettershop.worker.task.ModelTask;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop model list}: the versions of a model. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "List the versions of a model with their figures, the newest first.",
      "Set spec.version of the Model to go back to one of them."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the database failed; try again",
      "2:usage or configuration, or nothing could be learnt"
    })
final class ModelListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelTarget model;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Override
  public Integer call() {
    return model.with(spec.commandLine(), this::print);
  }

  private int print(ModelTask task) {
    List<VersionReport> versions = task.versions();
    if (output == OutputFormat.json) {
      Json.print(spec.commandLine().getOut(), versions);
    } else {
      new ModelText(spec.commandLine().getOut()).versions(model.name(), versions);
    }
    return ExitCode.DONE;
  }
}
