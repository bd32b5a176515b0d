package dev.lettershop.cli.model;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.models.PersonScore;
import dev.lettershop.worker.task.ModelTask;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop model explain}: what a model says of one person. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Explain what a model says of one person.",
      "Shows the features of the person, and for a score what it would be if a feature were unknown. Names and",
      "addresses are not shown."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the database failed; try again",
      "2:usage or configuration, or nothing could be learnt"
    })
final class ModelExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelTarget model;

  @Option(
      names = "--profile",
      required = true,
      paramLabel = "ID",
      description =
          "The person: the number of a profile, or an identity such as customer_id=4711 or"
              + " email=ada@example.com.")
  private String profile;

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
    Optional<PersonScore> score = task.explain(profile);
    if (score.isEmpty()) {
      throw new UsageException(
          "No such profile in the store; write its number, or an identity as KIND=VALUE");
    }
    if (output == OutputFormat.json) {
      Json.print(spec.commandLine().getOut(), score.get());
    } else {
      new ModelText(spec.commandLine().getOut()).person(model.name(), score.get());
    }
    return ExitCode.DONE;
  }
}
