package dev.lettershop.cli.trigger;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.trigger.Triggers.Waiting;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop trigger waiting}. */
@Command(
    name = "waiting",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Say how many people wait for a triggered campaign, and how many are due at once with the delay"
          + " of these manifests: before a change of the delay is applied."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:answered", "1:the database failed; try again", "2:usage or configuration"})
final class TriggerWaitingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TriggerTarget target;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Override
  public Integer call() {
    Optional<TriggerTarget.Opened> opened = target.open();
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (TriggerTarget.Opened open = opened.get()) {
      Waiting waiting =
          open.store().triggers().waiting(open.namespace(), open.campaign(), open.plan().delay());
      PrintWriter out = spec.commandLine().getOut();
      if (output == OutputFormat.json) {
        Json.print(out, waiting);
      } else {
        out.printf(Locale.ROOT, "%,10d  wait%n", waiting.waiting());
        out.printf(Locale.ROOT, "%,10d  of them are due at once%n", waiting.due());
        out.flush();
      }
    }
    return ExitCode.DONE;
  }
}
