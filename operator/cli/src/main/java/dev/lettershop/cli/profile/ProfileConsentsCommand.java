package dev.lettershop.cli.profile;

import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.store.consent.TopicConsent;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lettershop profile consents}. */
@Command(
    name = "consents",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Say for each topic what counts about mail to one person, and why: the person's own latest"
          + " statement, and refusals of other profiles with the same address.",
      "lettershop consent history lists everything that was ever said, with the evidence;"
          + " lettershop suppression explain says what else stands against the address."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:explained",
      "1:the database failed; try again",
      "2:usage or configuration, or no such profile"
    })
final class ProfileConsentsCommand implements Callable<Integer> {
  @Mixin private StoreReport report;
  @Mixin private PersonOptions person;

  /** What {@code -o json} prints of a topic. */
  record Row(
      String topic,
      String status,
      String saidAt,
      Long refusedBy,
      String refusedAt,
      boolean refused,
      String because) {
    static Row of(TopicConsent consent) {
      return new Row(
          consent.topic(),
          consent.status() == null ? null : consent.status().name(),
          consent.saidAt() == null ? null : consent.saidAt().toString(),
          consent.refusedBy(),
          consent.refusedAt() == null ? null : consent.refusedAt().toString(),
          consent.isRefused(),
          because(consent));
    }

    private static String because(TopicConsent consent) {
      String own =
          consent.status() == null
              ? "This profile has said nothing"
              : "This profile has said " + consent.status() + " on " + consent.saidAt();
      if (consent.refusedBy() == null) {
        return own;
      }
      String other =
          "profile "
              + consent.refusedBy()
              + ", which has the same address, has refused on "
              + consent.refusedAt();
      return consent.isRefusedByOther()
          ? own
              + ", but "
              + other
              + "; a later Granted of either profile ends that for the profile that said it"
          : own + ", later than " + other;
    }
  }

  @Override
  public Integer call() {
    person.check();
    return report.print(
        open ->
            open.store().consents().of(person.number(open.store())).stream().map(Row::of).toList(),
        ProfileConsentsCommand::print);
  }

  private static void print(List<Row> rows, PrintWriter out) {
    if (rows.isEmpty()) {
      out.println(
          "Nothing was ever said: only topics with optIn Implied may be mailed, as far as consent"
              + " goes");
    }
    for (Row row : rows) {
      out.printf(
          "%-20s  %-8s  %s%n",
          row.topic(), row.refused() ? "refused" : row.status(), row.because());
    }
  }
}
