package dev.lettershop.cli.segment;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop segment count}. */
@Command(
    name = "count",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Count the people of a segment, exactly and as of now.",
      "Before consent, suppression and caps: a campaign may mail fewer."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:counted", "1:the database failed; try again", "2:usage or configuration"})
final class SegmentCountCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SegmentOptions segment;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  /** What {@code -o json} prints. */
  record Counted(String segment, long people) {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    boolean sound =
        segment.ask(
            spec.commandLine(),
            (plan, study) -> {
              long people = study.count();
              if (output == OutputFormat.json) {
                Json.print(out, new Counted(plan.name(), people));
              } else {
                out.println(people);
                out.flush();
              }
            });
    return sound ? ExitCode.DONE : ExitCode.CONFIGURATION;
  }
}
