package dev.lettershop.cli.model;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.models.Evaluation;
import dev.lettershop.models.VersionReport;
import dev.lettershop.worker.task.ModelTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      "Shows how good the version would be and whether it would be used, on a moment that nothing was learnt from.",
      "With --out also as a page with plots: calibration, importance and drift of features, and how many people"
          + " get which group or score. It holds figures and no person."
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

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write a page of HTML with plots, complete in one file.")
  private Path page;

  @Override
  public Integer call() {
    return model.with(spec.commandLine(), this::print);
  }

  private int print(ModelTask task) {
    Evaluation evaluation = task.evaluate();
    VersionReport report = evaluation.report();
    if (page != null) {
      write(ModelPage.of(model.name(), evaluation));
    }
    if (output == OutputFormat.json) {
      Json.print(spec.commandLine().getOut(), report);
    } else {
      new ModelText(spec.commandLine().getOut()).version(model.name(), report);
    }
    return ExitCode.DONE;
  }

  private void write(String html) {
    try {
      Files.writeString(page, html);
    } catch (IOException e) {
      throw new UsageException(
          "--out "
              + page
              + " cannot be written ("
              + e.getClass().getSimpleName()
              + "); name a file in a folder that exists");
    }
  }
}
