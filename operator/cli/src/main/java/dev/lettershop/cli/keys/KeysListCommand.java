package dev.lettershop.cli.keys;

import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.store.encryption.Keyset;
import dev.lettershop.store.person.KeyUse;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lettershop keys list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "List the keys of a store, without their secrets, and how much is encrypted with each.",
      "A key that is not primary and encrypts nothing is needed for backups only."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:listed", "1:the database failed; try again", "2:usage or configuration"})
final class KeysListCommand implements Callable<Integer> {
  @Mixin private StoreReport report;

  /**
   * What {@code -o json} prints of a key.
   *
   * @param values how many keys of persons, or values, it encrypts; null where nobody can tell
   */
  record Row(String purpose, long id, boolean primary, String status, Long values) {}

  @Override
  public Integer call() {
    return report.print(
        open -> {
          open.requireEncryption();
          KeyUse use = open.store().keyUse();
          Map<Long, Long> values = use.values(open.plan().schema());
          return use.keyset().keys().stream().map(key -> row(key, values)).toList();
        },
        KeysListCommand::print);
  }

  private static Row row(Keyset.Key key, Map<Long, Long> values) {
    boolean known = !key.purpose().equals("prf");
    return new Row(
        key.purpose(),
        key.id(),
        key.primary(),
        key.status(),
        known ? values.getOrDefault(key.id(), 0L) : null);
  }

  private static void print(List<Row> rows, PrintWriter out) {
    for (Row row : rows) {
      out.printf(
          Locale.ROOT,
          "%-18s %12d  %-8s %-8s %s%n",
          row.purpose(),
          row.id(),
          row.primary() ? "primary" : "",
          row.status(),
          row.values() == null ? "" : String.format(Locale.ROOT, "%,d values", row.values()));
    }
  }
}
