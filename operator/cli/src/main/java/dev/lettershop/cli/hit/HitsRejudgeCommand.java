package dev.lettershop.cli.hit;

import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.resource.DurationText;
import dev.lettershop.worker.task.HitJudging;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop hits rejudge}. */
@Command(
    name = "rejudge",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Judge anew who opened and clicked, by the rules of this version and the scanner networks of the"
          + " ProfileStore, and count anew what changes.",
      "Only hits whose raw form is kept (spec.retention.hits) can change; hits without a verdict are"
          + " left to the Collector."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:judged", "1:the database failed; try again", "2:usage or configuration"})
final class HitsRejudgeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      defaultValue = "30d",
      description = "Hits that came so long ago or later, such as 7d. Default: ${DEFAULT-VALUE}.")
  private String since;

  @Override
  public Integer call() {
    Duration age =
        DurationText.read(since)
            .orElseThrow(
                () ->
                    new UsageException(
                        "--since " + since + " is not a duration; write 30d or 12h"));
    var opened = store.open(spec.commandLine());
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (StoreOptions.Opened open = opened.get()) {
      Clock clock = Clock.systemUTC();
      HitJudging.Rejudged rejudged =
          HitJudging.of(open.store(), open.plan().understanding(), clock)
              .rejudge(clock.instant().minus(age));
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%,d opens and clicks judged anew, %,d of them differently%n",
              rejudged.hits(),
              rejudged.changed());
      spec.commandLine().getOut().flush();
    }
    return ExitCode.DONE;
  }
}
