package dev.lettershop.cli.audit;

import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.store.bounce.HeldBounces;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lettershop held list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "List what is held, by domain and code, the most addresses first.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:listed", "1:the database failed; try again", "2:usage or configuration"})
final class HeldListCommand implements Callable<Integer> {
  @Mixin private StoreReport report;

  /** What {@code -o json} prints of a group. */
  record Row(String domain, String code, long addresses, String since) {
    static Row of(HeldBounces.Group group) {
      return new Row(group.domain(), group.code(), group.addresses(), group.since().toString());
    }
  }

  @Override
  public Integer call() {
    return report.print(
        open -> open.store().heldBounces().list().stream().map(Row::of).toList(),
        HeldListCommand::print);
  }

  private static void print(List<Row> rows, PrintWriter out) {
    if (rows.isEmpty()) {
      out.println("Nothing is held");
    }
    for (Row row : rows) {
      out.printf(
          "%8d  %-40s  %-12s  since %s%n",
          row.addresses(), row.domain(), Objects.toString(row.code(), "-"), row.since());
    }
  }
}
