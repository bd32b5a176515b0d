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

/** {@code lettershop train}: learns a new version. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Train a new version of a model.",
      "Learns from the events in the store and judges what was learnt by the newest moment, which nothing was",
      "learnt from. The version is kept; the next scoring uses it if it reached what the Model requires.",
      "",
      "Uses the database that the ProfileStore names, with the Secret from the same manifests."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the database failed; try again",
      "2:usage or configuration, or nothing could be learnt"
    })
public final class TrainCommand implements Callable<Integer> {
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
    VersionReport report = task.train();
    if (output == OutputFormat.json) {
      Json.print(spec.commandLine().getOut(), report);
    } else {
      new ModelText(spec.commandLine().getOut()).version(model.name(), report);
    }
    return ExitCode.DONE;
  }
}
