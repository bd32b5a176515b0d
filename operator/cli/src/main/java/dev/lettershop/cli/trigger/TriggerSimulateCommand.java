package dev.lettershop.cli.trigger;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.trigger.SimulationResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop trigger simulate}. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Say from stored events who would have got a triggered mail, when, and why not.",
      "As if the campaign had been there: profiles, segments and consents are those of now. Sends"
          + " and changes nothing."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:answered", "1:the database failed; try again", "2:usage or configuration"})
final class TriggerSimulateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TriggerTarget target;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "7d",
      description = "How far back events are looked at, such as 12h. Default: ${DEFAULT-VALUE}.")
  private String since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "The most events to list, the newest first. Default: ${DEFAULT-VALUE}.")
  private int limit;

  /** What {@code -o json} prints. */
  record Printed(Map<String, Long> outcomes, List<Row> people) {
    Printed {
      outcomes = new TreeMap<>(outcomes);
    }
  }

  /** What it prints of one event. */
  record Row(long profile, String event, String at, String due, String outcome) {
    static Row of(SimulationResult.Person person) {
      return new Row(
          person.profile(),
          person.event(),
          person.at().toString(),
          person.due().toString(),
          person.outcome());
    }
  }

  @Override
  public Integer call() {
    Duration back =
        DurationText.read(since)
            .orElseThrow(
                () -> new UsageException("--since " + since + " is not a time such as 7d"));
    Optional<TriggerTarget.Opened> opened = target.open();
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (TriggerTarget.Opened open = opened.get()) {
      SimulationResult simulated =
          open.store()
              .triggers()
              .simulate(
                  open.namespace(),
                  open.plan().kind(),
                  open.plan().source(),
                  open.plan().request(),
                  back,
                  limit);
      print(simulated);
    }
    return ExitCode.DONE;
  }

  private void print(SimulationResult simulated) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(
          out,
          new Printed(simulated.outcomes(), simulated.people().stream().map(Row::of).toList()));
      return;
    }
    simulated.outcomes().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(o -> out.printf(Locale.ROOT, "%,10d  %s%n", o.getValue(), o.getKey()));
    for (SimulationResult.Person person : simulated.people()) {
      out.printf(
          Locale.ROOT,
          "%s  profile %d  due %s  %s%n",
          person.at(),
          person.profile(),
          person.due(),
          person.outcome());
    }
    out.flush();
  }
}
