package dev.lettershop.cli.trigger;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.Store;
import dev.lettershop.store.trigger.TriggeredPerson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop trigger explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Say what became of one person's events that trigger a campaign: whether the mail waits, when it"
          + " was decided on, and what the ledger says."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:answered", "1:the database failed; try again", "2:usage or configuration"})
final class TriggerExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TriggerTarget target;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Option(
      names = "--profile",
      required = true,
      paramLabel = "PROFILE",
      description = "The profile's number, or an identity such as customer_id=4711.")
  private String profile;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "The most events to list, the newest first. Default: ${DEFAULT-VALUE}.")
  private int limit;

  /** What {@code -o json} prints of one event. */
  record Row(String event, String at, String outcome, String decidedAt, String run, String state) {
    static Row of(TriggeredPerson event) {
      return new Row(
          event.event(),
          event.at().toString(),
          event.outcome(),
          event.decidedAt() == null ? null : event.decidedAt().toString(),
          event.run(),
          event.state());
    }
  }

  @Override
  public Integer call() {
    Optional<TriggerTarget.Opened> opened = target.open();
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (TriggerTarget.Opened open = opened.get()) {
      List<TriggeredPerson> events =
          open.store()
              .triggers()
              .explain(open.namespace(), open.campaign(), number(open.store()), limit);
      PrintWriter out = spec.commandLine().getOut();
      if (output == OutputFormat.json) {
        Json.print(out, events.stream().map(Row::of).toList());
      } else {
        events.forEach(event -> print(out, open, event));
        if (events.isEmpty()) {
          out.println("Nothing that triggers the campaign has happened to this person");
        }
        out.flush();
      }
    }
    return ExitCode.DONE;
  }

  private long number(Store store) {
    int equals = profile.indexOf('=');
    if (equals > 0) {
      return store
          .profiles()
          .find(profile.substring(0, equals), profile.substring(equals + 1))
          .orElseThrow(() -> new UsageException("No such profile in the store"));
    }
    if (!profile.matches("[0-9]{1,18}")) {
      throw new UsageException("--profile is a number, or an identity as KIND=VALUE");
    }
    return Long.parseLong(profile);
  }

  private static void print(PrintWriter out, TriggerTarget.Opened open, TriggeredPerson event) {
    out.printf(
        Locale.ROOT,
        "%s  event %s  due %s  %s%s%n",
        event.at(),
        event.event(),
        event.at().plus(open.plan().delay()),
        event.outcome() == null ? "waits" : event.outcome() + " on " + event.decidedAt(),
        event.run() == null ? "" : ", " + event.run() + ": " + event.state());
  }
}
