package dev.lettershop.cli.suppression;

import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.store.suppression.SuppressionQuery;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lettershop suppression list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "List suppressed addresses and domains, the newest first, each with its reason and cause.",
      "Of an address only the hash is known; --email and suppression explain find it by the address."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:listed", "1:the database failed; try again", "2:usage or configuration"})
final class SuppressionListCommand implements Callable<Integer> {
  @Mixin private StoreReport report;
  @Mixin private QueryOptions which;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many, the newest. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UsageException("--limit is at least 1");
    }
    SuppressionQuery query = which.query();
    return report.print(
        open ->
            open.store().suppressions().list(query, limit).stream()
                .map(SuppressionText::row)
                .toList(),
        SuppressionListCommand::print);
  }

  private static void print(List<SuppressionText.Row> suppressions, PrintWriter out) {
    if (suppressions.isEmpty()) {
      out.println("No such suppressions");
    }
    suppressions.forEach(suppression -> SuppressionText.print(suppression, out));
  }
}
