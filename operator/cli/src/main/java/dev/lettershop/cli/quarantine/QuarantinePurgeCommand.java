package dev.lettershop.cli.quarantine;

import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.resource.DurationText;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop quarantine purge}. */
@Command(
    name = "purge",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Delete records from the quarantine for good.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:deleted", "1:the database failed; try again", "2:usage or configuration"})
final class QuarantinePurgeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Option(names = "--source", paramLabel = "NAME", description = "Records of one ProfileSource.")
  private String source;

  @Option(
      names = "--older-than",
      paramLabel = "DURATION",
      required = true,
      description = "Only those that have been there so long, such as 30d; 0s for all.")
  private String olderThan;

  @Override
  public Integer call() {
    Duration age =
        DurationText.read(olderThan)
            .orElseThrow(
                () ->
                    new UsageException(
                        "--older-than " + olderThan + " is not a duration; write 30d or 12h"));
    var opened = store.open(spec.commandLine());
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (StoreOptions.Opened open = opened.get()) {
      long purged = open.store().quarantine().purge(source, age);
      spec.commandLine().getOut().printf("%,d records deleted%n", purged);
      spec.commandLine().getOut().flush();
    }
    return ExitCode.DONE;
  }
}
