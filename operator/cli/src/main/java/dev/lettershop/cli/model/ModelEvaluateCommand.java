package dev.lettershop.cli.model;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.models.VersionReport;
import dev.lettershop.worker.task.ModelTask;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop model evaluate}: what a training would come to. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Train and judge a model without keeping anything.",
      "Shows how good the version would be and whether it would be used, on a moment that nothing was learnt from."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the database failed; try again",
      "2:usage or configuration, or nothing could be learnt"
    })
final class ModelEvaluateCommand implements Callable<Integer> {
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
    VersionReport report = task.evaluate();
    if (output == OutputFormat.json) {
      Json.print(spec.commandLine().getOut(), report);
    } else {
      new ModelText(spec.commandLine().getOut()).version(model.name(), report);
    }
    return ExitCode.DONE;
  }
}
