package dev.lettershop.cli.quarantine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.cli.output.ListOptions;
import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.store.quarantine.Quarantine;
import dev.lettershop.store.quarantine.QuarantineCount;
import dev.lettershop.store.quarantine.QuarantinedRow;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lettershop quarantine list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "List records that could not be used, the newest first, and how many there are for each reason.",
      "What a record says is shown only with --show-values; else only the names of its fields."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:listed", "1:the database failed; try again", "2:usage or configuration"})
final class QuarantineListCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = JsonMappers.PLAIN;

  @Mixin private StoreReport report;
  @Mixin private ListOptions list;

  @Option(names = "--source", paramLabel = "NAME", description = "Records of one ProfileSource.")
  private String source;

  /** What {@code -o json} prints. */
  record Listed(List<QuarantineCount> reasons, List<Row> records) {}

  /**
   * What {@code -o json} prints of a record.
   *
   * @param refused true when its sync was refused as a whole; null for one that was set aside
   */
  record Row(
      long id,
      String source,
      String position,
      String field,
      String reason,
      String setAsideAt,
      Boolean refused,
      List<String> fields,
      String record) {}

  @Override
  public Integer call() {
    int limit = list.limit();
    return report.print(
        open -> {
          Quarantine quarantine = open.store().quarantine();
          return new Listed(
              quarantine.counts(source),
              quarantine.newest(source, limit).stream().map(this::row).toList());
        },
        QuarantineListCommand::print);
  }

  private Row row(QuarantinedRow row) {
    return new Row(
        row.id(),
        row.source(),
        row.position(),
        row.field(),
        row.reason(),
        row.createdAt().toString(),
        row.refused() ? true : null,
        fields(row.raw()),
        list.showValues() ? row.raw() : null);
  }

  /** Names of what the record has; null when it is not a JSON object. */
  private static List<String> fields(String raw) {
    if (raw == null || !raw.startsWith("{")) {
      return null;
    }
    try {
      JsonNode record = JSON.readTree(raw);
      List<String> names = new ArrayList<>();
      record.fieldNames().forEachRemaining(names::add);
      return names;
    } catch (JsonProcessingException broken) {
      return null;
    }
  }

  private static void print(Listed listed, PrintWriter out) {
    if (listed.records().isEmpty()) {
      out.println("The quarantine is empty");
    }
    for (QuarantineCount count : listed.reasons()) {
      out.printf(
          "%,10d  %s: %s%s%n",
          count.records(),
          count.source(),
          count.field() == null ? "" : count.field() + " ",
          count.reason());
    }
    for (Row row : listed.records()) {
      out.printf(
          "%n%d  %s  %s%n    %s%s%n",
          row.id(),
          row.source(),
          row.position() == null ? "" : row.position(),
          row.field() == null ? "" : row.field() + " ",
          row.reason()
              + (row.refused() == null ? "" : "; its sync was refused, and nothing was loaded"));
      if (row.record() != null) {
        out.println("    " + row.record());
      }
    }
  }
}
