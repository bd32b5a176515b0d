package dev.lettershop.cli.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lettershop.cli.output.ListOptions;
import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.store.person.Conflict;
import dev.lettershop.worker.preview.ProfileMasker;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lettershop profile conflicts}. */
@Command(
    name = "conflicts",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "List attributes of which records of sources say different things, and whose value counts.",
      "Personal data is masked; --show-values shows it."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:listed", "1:the database failed; try again", "2:usage or configuration"})
final class ProfileConflictsCommand implements Callable<Integer> {
  private static final JsonNode MASK = TextNode.valueOf(ProfileMasker.MASK);

  @Mixin private StoreReport report;
  @Mixin private ListOptions list;

  @Option(names = "--profile", paramLabel = "ID", description = "Of this profile's number only.")
  private Long profile;

  /** What {@code -o json} prints of a conflict. */
  record Row(long profileId, String attribute, List<Said> voices) {}

  /** What {@code -o json} prints of one record's word. */
  record Said(String source, int precedence, String asOf, JsonNode value) {}

  @Override
  public Integer call() {
    int limit = list.limit();
    return report.print(
        open -> {
          ProfileSchema schema = open.plan().schema();
          return open.store().conflicts().list(schema, profile, limit).stream()
              .map(
                  conflict -> row(conflict, isShown(schema.attributes().get(conflict.attribute()))))
              .toList();
        },
        ProfileConflictsCommand::print);
  }

  private boolean isShown(AttributeDefinition attribute) {
    return list.showValues() || attribute != null && !attribute.pii();
  }

  private static Row row(Conflict conflict, boolean shown) {
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
                        shown ? v.value() : MASK))
            .toList());
  }

  private static void print(List<Row> rows, PrintWriter out) {
    if (rows.isEmpty()) {
      out.println("No records disagree");
    }
    for (Row row : rows) {
      out.printf("profile %d  %s%n", row.profileId(), row.attribute());
      for (Said said : row.voices()) {
        out.printf(
            "    %s %s%s: %s%n",
            said == row.voices().get(0) ? "counts" : "      ",
            said.source(),
            said.asOf() == null ? "" : " as of " + said.asOf(),
            said.value());
      }
    }
  }
}
