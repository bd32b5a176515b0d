package dev.lettershop.cli.run;

import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.Target;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunState;
import dev.lettershop.worker.execute.RunStatus;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop run show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Show what became of a run: who got mail, who did not and why, what is still open and when it"
          + " is tried again. Changes nothing."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:shown",
      "1:the database failed; try again",
      "2:usage or configuration, or no such run"
    })
final class RunShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreReport report;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Name of the run. Default: the latest one.")
  private String name;

  @Option(
      names = "--campaign",
      paramLabel = "campaign/NAME",
      description = "The campaign. Default: whichever has a run of this name.")
  private String target;

  private final Clock clock = Clock.systemUTC();

  /**
   * What {@code -o json} prints.
   *
   * @param nextDue seconds until somebody is tried again; null when nobody is waited for
   */
  record Shown(
      String run,
      String campaign,
      String state,
      boolean test,
      boolean dryRun,
      Long nextDue,
      CampaignRunStatus status) {}

  @Override
  public Integer call() {
    String campaign = target == null ? null : Target.campaign(target);
    return report.print(open -> shown(open, campaign), this::print);
  }

  private Shown shown(StoreOptions.Opened open, String campaign) {
    StoredRuns runs = new StoredRuns(open);
    Run run =
        (name == null ? runs.latest(campaign, 1).stream().findFirst() : runs.called(name, campaign))
            .orElseThrow(
                () ->
                    new UsageException(
                        name == null
                            ? "There is no run yet"
                            : "There is no run \"" + name + "\"; lettershop run list names them"));
    var ledger = open.store().ledger();
    Long nextDue =
        run.state() == RunState.Frozen
            ? ledger.untilNextDue(run).map(Duration::toSeconds).orElse(null)
            : null;
    return new Shown(
        run.key().name(),
        run.key().campaign(),
        run.state().name(),
        run.test(),
        run.dryRun(),
        nextDue,
        RunStatus.of(open.store(), run, clock.instant()));
  }

  private void print(Shown shown, PrintWriter out) {
    CampaignRunStatus status = shown.status();
    out.println("campaign/" + shown.campaign() + ", run " + shown.run() + kind(shown));
    out.println("  created    " + status.startTime());
    out.println(
        "  completed  " + (status.completionTime() == null ? "not yet" : status.completionTime()));
    out.println("  plan       " + status.planHash());
    if (shown.nextDue() != null) {
      out.println(
          "  next mail  "
              + clock.instant().plusSeconds(shown.nextDue()).truncatedTo(ChronoUnit.MINUTES));
    }
    out.println();
    new RunSummary(spec.commandLine()).print(shown.run(), status);
  }

  private static String kind(Shown shown) {
    return shown.dryRun() ? ", a dry run" : shown.test() ? ", a test" : "";
  }
}
