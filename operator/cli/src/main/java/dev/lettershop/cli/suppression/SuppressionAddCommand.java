package dev.lettershop.cli.suppression;

import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
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
      "A list has one entry on a line: an address, the SHA-256 of one in hexadecimal (of the address"
          + " trimmed and in lower case), or a domain as @example.com. Empty lines and lines that"
          + " begin with # are passed over, and so is a header. When a line cannot be used, nothing"
          + " is added."
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
    if (email != null) {
      return new SuppressionList(List.of(QueryOptions.address(email)), List.of(), List.of());
    }
    return domain != null
        ? new SuppressionList(List.of(), List.of(), List.of(QueryOptions.domain(domain)))
        : SuppressionList.read(file);
  }

  private static Added add(
      Suppressions suppressions, SuppressionList list, SuppressionCause cause) {
    long addresses = 0;
    for (int from = 0; from < list.addresses().size(); from += SuppressionList.BATCH) {
      addresses += suppressions.add(SuppressionList.batch(list.addresses(), from), cause);
    }
    for (int from = 0; from < list.digests().size(); from += SuppressionList.BATCH) {
      addresses += suppressions.addHashed(SuppressionList.batch(list.digests(), from), cause);
    }
    long domains = 0;
    for (String name : list.domains()) {
      domains += suppressions.addDomain(name, cause) ? 1 : 0;
    }
    return new Added(addresses, domains);
  }

  private static void print(Added added, PrintWriter out) {
    out.printf(
        "%,d addresses and %,d domains are suppressed now that were not%n",
        added.addresses(), added.domains());
  }
}
