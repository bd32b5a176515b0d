package dev.lettershop.cli.run;

import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.Target;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunProgress;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lettershop run list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "List the runs that the ledger knows, the latest first, with how far each is.",
      "Of one campaign, or of all in the resources that use the store. Changes nothing."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:listed", "1:the database failed; try again", "2:usage or configuration"})
final class RunListCommand implements Callable<Integer> {
  @Mixin private StoreReport report;

  @Parameters(paramLabel = "campaign/NAME", arity = "0..1", description = "Only of this campaign.")
  private String target;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  private int limit;

  /** What {@code -o json} prints of a run. */
  record Row(
      String run,
      String campaign,
      String state,
      String kind,
      String created,
      String completed,
      long selected,
      long sent,
      long failed,
      long skipped,
      long uncertain) {
    static Row of(Run run, RunProgress progress) {
      return new Row(
          run.key().name(),
          run.key().campaign(),
          run.state().name(),
          kind(run),
          moment(run.createdAt()),
          moment(run.completedAt()),
          progress.selected(),
          progress.sent(),
          progress.failed(),
          progress.skipped(),
          progress.uncertain());
    }

    private static String kind(Run run) {
      if (run.dryRun()) {
        return "dry";
      }
      if (run.test()) {
        return "test";
      }
      return run.trigger() == null ? "campaign" : "triggered";
    }

    private static String moment(Instant time) {
      return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UsageException("--limit is at least 1");
    }
    String campaign = target == null ? null : Target.campaign(target);
    return report.print(open -> rows(open, campaign), RunListCommand::print);
  }

  private List<Row> rows(StoreOptions.Opened open, String campaign) {
    return new StoredRuns(open)
        .latest(campaign, limit).stream()
            .map(run -> Row.of(run, open.store().ledger().progress(run)))
            .toList();
  }

  private static void print(List<Row> rows, PrintWriter out) {
    if (rows.isEmpty()) {
      out.println("No campaign of the resources has run yet");
      return;
    }
    out.printf(
        "%-36s %-24s %-10s %-9s %-20s %9s %9s %7s%n",
        "RUN", "CAMPAIGN", "STATE", "KIND", "CREATED", "SELECTED", "SENT", "FAILED");
    for (Row row : rows) {
      out.printf(
          Locale.ROOT,
          "%-36s %-24s %-10s %-9s %-20s %,9d %,9d %,7d%n",
          row.run(),
          row.campaign(),
          row.state(),
          row.kind(),
          row.created(),
          row.selected(),
          row.sent(),
          row.failed());
    }
  }
}
