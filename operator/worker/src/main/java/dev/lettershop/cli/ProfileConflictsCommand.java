package dev.lettershop.cli;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.load.Conflict;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop profile conflicts}. */
@Command(
    name = "conflicts",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "List attributes of which records of sources say different things, and whose value counts.",
      "Values are shown only with --show-values."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:listed", "1:the database failed; try again", "2:usage or configuration"})
final class ProfileConflictsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Option(names = "--profile", paramLabel = "ID", description = "Of this profile's number only.")
  private Long profile;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--show-values", description = "Show what the records say. It is personal data.")
  private boolean showValues;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  /** What {@code -o json} prints of a conflict. */
  record Row(long profileId, String attribute, List<Said> voices) {}

  /** What {@code -o json} prints of one record's word. */
  record Said(String source, int precedence, String asOf, @JsonRawValue String value) {}

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UsageException("--limit is at least 1");
    }
    var opened = store.open(spec.commandLine());
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (StoreOptions.Opened open = opened.get()) {
      print(open.store().identities().conflicts(profile, limit).stream().map(this::row).toList());
    }
    return ExitCode.DONE;
  }

  private Row row(Conflict conflict) {
    return new Row(
        conflict.profileId(),
        conflict.attribute(),
        conflict.voices().stream()
            .map(
                v ->
                    new Said(
                        v.source(),
                        v.precedence(),
                        v.asOf() == null ? null : v.asOf().toString(),
                        showValues ? v.value() : null))
            .toList());
  }

  private void print(List<Row> rows) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, rows);
      return;
    }
    if (rows.isEmpty()) {
      out.println("No records disagree");
    }
    for (Row row : rows) {
      out.printf("profile %d  %s%n", row.profileId(), row.attribute());
      for (Said said : row.voices()) {
        out.printf(
            "    %s %s%s%s%n",
            said == row.voices().get(0) ? "counts" : "      ",
            said.source(),
            said.asOf() == null ? "" : " as of " + said.asOf(),
            said.value() == null ? "" : ": " + said.value());
      }
    }
    out.flush();
  }
}
