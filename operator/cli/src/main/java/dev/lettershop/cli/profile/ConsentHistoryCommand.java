package dev.lettershop.cli.profile;

import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.VersionProvider;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lettershop consent history}. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "List all that one person ever said about being mailed, with the source and the evidence.",
      "An asterisk marks what counts for a topic now."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:listed",
      "1:the database failed; try again",
      "2:usage or configuration, or no such profile"
    })
final class ConsentHistoryCommand implements Callable<Integer> {
  @Mixin private StoreReport report;
  @Mixin private PersonOptions person;

  @Override
  public Integer call() {
    person.check();
    return report.print(
        open -> open.store().consentHistory().of(person.number(open.store())),
        ConsentHistoryCommand::print);
  }

  private static void print(List<Map<String, Object>> rows, PrintWriter out) {
    if (rows.isEmpty()) {
      out.println("Nothing was ever said");
    }
    for (Map<String, Object> row : rows) {
      out.printf(
          "%s %-20s  %-9s  %-20s  %-16s  %s%n",
          Boolean.TRUE.equals(row.get("counts")) ? "*" : " ",
          row.get("occurred_at"),
          row.get("status"),
          row.get("topic"),
          row.get("source"),
          row.containsKey("evidence") ? row.get("evidence") : "no evidence");
    }
  }
}
