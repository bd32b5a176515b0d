package dev.lettershop.cli.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.audit.AuditEntry;
import dev.lettershop.store.audit.AuditQuery;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lettershop audit list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "List rows of the audit log, oldest first.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:listed", "1:the database failed; try again", "2:usage or configuration"})
final class AuditListCommand implements Callable<Integer> {
  @Mixin private StoreReport report;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Rows from this time on: such as 2026-11-30T09:00:00Z, or 24h for the last day.")
  private String since;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Rows of an action, or of all that begin so: profile.forgotten, or profile.")
  private String action;

  @Option(names = "--profile", paramLabel = "ID", description = "Rows about this profile's number.")
  private Long profile;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many, the newest. Default: ${DEFAULT-VALUE}.")
  private int limit;

  private final Clock clock = Clock.systemUTC();

  /** What {@code -o json} prints of a row. */
  record Row(
      long id,
      String occurredAt,
      String action,
      String actor,
      Long profileId,
      @JsonRawValue String detail,
      String previous,
      String hash) {
    static Row of(AuditEntry entry) {
      return new Row(
          entry.id(),
          entry.occurredAt().toString(),
          entry.action(),
          entry.actor(),
          entry.profileId(),
          entry.detail(),
          entry.previous(),
          entry.hash());
    }
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UsageException("--limit is at least 1");
    }
    AuditQuery query = new AuditQuery(from(), action, profile, limit);
    return report.print(
        open -> open.store().audit().list(query).stream().map(Row::of).toList(),
        AuditListCommand::print);
  }

  private Instant from() {
    if (since == null) {
      return null;
    }
    Optional<Duration> ago = DurationText.read(since);
    if (ago.isPresent()) {
      return clock.instant().minus(ago.get());
    }
    try {
      return Instant.parse(since);
    } catch (DateTimeParseException e) {
      throw new UsageException(
          "--since "
              + since
              + " is not a time; write 2026-11-30T09:00:00Z, or how long ago, as 24h");
    }
  }

  private static void print(List<Row> rows, PrintWriter out) {
    if (rows.isEmpty()) {
      out.println("No such rows");
    }
    for (Row row : rows) {
      out.printf(
          "%6d  %s  %-20s  %-20s  %s%s%n",
          row.id(),
          row.occurredAt(),
          row.action(),
          row.actor(),
          row.profileId() == null ? "" : "profile " + row.profileId() + " ",
          row.detail() == null ? "" : row.detail());
    }
  }
}
