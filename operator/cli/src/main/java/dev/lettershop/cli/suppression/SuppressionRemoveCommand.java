package dev.lettershop.cli.suppression;

import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.store.suppression.SuppressionQuery;
import dev.lettershop.store.suppression.Suppressions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lettershop suppression remove}. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Lift suppressions: those that meet all that is asked for. Soft bounces of these addresses"
          + " count from nothing again.",
      "Consents stay as they are: a complaint has also withdrawn one. Erased people stay suppressed"
          + " unless their address is named by --email."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:lifted, or with --dry-run: would be; or there were none",
      "1:the database failed; try again",
      "2:usage or configuration, or --yes is missing"
    })
final class SuppressionRemoveCommand implements Callable<Integer> {
  @Mixin private StoreReport report;
  @Mixin private QueryOptions which;

  @Option(names = "--dry-run", description = "Only say how many would be lifted.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Lift them.")
  private boolean yes;

  @Override
  public Integer call() {
    SuppressionQuery query = which.query();
    if (query.equals(SuppressionQuery.ALL)) {
      throw new UsageException(
          "Say which suppressions to lift: by --email, --domain, --reason, --since or --until");
    }
    if (yes == dryRun) {
      throw new UsageException("Look with --dry-run, then lift with --yes");
    }
    return report.print(
        open -> open.store().suppressions().remove(query, StoreOptions.actor(), dryRun),
        (Suppressions.Changed lifted, PrintWriter out) ->
            out.printf(
                "%s %s%n",
                new Counted(lifted.addresses(), lifted.domains()),
                dryRun ? "would get mail again" : "are not suppressed any more"));
  }
}
