package dev.lettershop.cli.suppression;

import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.store.suppression.ListEntry;
import dev.lettershop.store.suppression.SuppressionCause;
import dev.lettershop.store.suppression.SuppressionReason;
import dev.lettershop.store.suppression.Suppressions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lettershop suppression add}. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Suppress an address, a domain, or all of a list. What is suppressed already stays as it is.",
      "A list has one entry on a line: an address, a hash of one in hexadecimal (SHA-256, SHA-1 or"
          + " MD5 of the address trimmed and in lower case), or a domain as @example.com. Empty"
          + " lines and lines that begin with # are passed over, and so is a header. When a line"
          + " cannot be used, nothing is added. Lists with more columns are read by a ProfileSource"
          + " that provides Suppressions."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:suppressed, or was already",
      "1:the database failed; try again",
      "2:usage or configuration, or a line of the list cannot be used"
    })
final class SuppressionAddCommand implements Callable<Integer> {
  @Mixin private StoreReport report;

  @Option(names = "--email", paramLabel = "ADDRESS", description = "Suppress this address.")
  private String email;

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "Suppress all addresses of this domain, not of its subdomains.")
  private String domain;

  @Option(names = "--list", paramLabel = "FILE", description = "Suppress what this list has.")
  private Path file;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      defaultValue = "Other",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private SuppressionReason reason;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Why, in your words; no personal data.")
  private String note;

  /** What {@code -o json} prints: what was not suppressed before. */
  record Added(long addresses, long domains) {}

  @Override
  public Integer call() {
    if (Stream.of(email, domain, file).filter(given -> given != null).count() != 1) {
      throw new UsageException("Name one of --email, --domain and --list");
    }
    if (note != null && note.length() > SuppressionCause.MAX_NOTE) {
      throw new UsageException("--note has at most " + SuppressionCause.MAX_NOTE + " characters");
    }
    SuppressionList list = list();
    SuppressionCause cause = SuppressionCause.decided(reason, StoreOptions.actor(), note);
    return report.print(
        open -> add(open.store().suppressions(), list, cause), SuppressionAddCommand::print);
  }

  private SuppressionList list() {
    String entry = email != null ? QueryOptions.address(email) : domain;
    return entry == null
        ? SuppressionList.read(file)
        : new SuppressionList(
            List.of(
                ListEntry.of(email != null ? entry : "@" + QueryOptions.domain(domain))
                    .orElseThrow()));
  }

  private static Added add(
      Suppressions suppressions, SuppressionList list, SuppressionCause cause) {
    long addresses = 0;
    long domains = 0;
    for (int from = 0; from < list.entries().size(); from += SuppressionList.BATCH) {
      Suppressions.Changed added = suppressions.addListed(list.batch(from), cause);
      addresses += added.addresses();
      domains += added.domains();
    }
    return new Added(addresses, domains);
  }

  private static void print(Added added, PrintWriter out) {
    out.printf(
        "%s are suppressed now that were not%n", new Counted(added.addresses(), added.domains()));
  }
}
