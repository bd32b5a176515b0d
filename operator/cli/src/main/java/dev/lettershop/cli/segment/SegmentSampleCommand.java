package dev.lettershop.cli.segment;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.ShownPerson;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop segment sample}. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Show some people of a segment, the same ones at each call while it does not change.",
      "Attributes marked as pii are covered, and so is the address."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:shown", "1:the database failed; try again", "2:usage or configuration"})
final class SegmentSampleCommand implements Callable<Integer> {
  private static final int MOST = 1000;

  @Spec private CommandSpec spec;
  @Mixin private SegmentOptions segment;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--show-values", description = "Show personal data in clear.")
  private boolean showValues;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw new UsageException("--limit is a number from 1 to " + MOST);
    }
    boolean sound =
        segment.ask(
            spec.commandLine(),
            (plan, study) -> {
              List<ShownPerson> people = new ArrayList<>();
              study
                  .sample(limit)
                  .forEach(
                      (number, profile) ->
                          people.add(
                              ShownPerson.of(number, profile, plan.store().schema(), showValues)));
              print(people);
            });
    return sound ? ExitCode.DONE : ExitCode.CONFIGURATION;
  }

  private void print(List<ShownPerson> people) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, people);
      return;
    }
    ShownPerson.print(people, out);
    if (people.isEmpty()) {
      spec.commandLine().getErr().println("Nobody is in it");
      spec.commandLine().getErr().flush();
    }
    out.flush();
  }
}
