package dev.lettershop.cli.suppression;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.store.suppression.AddressReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lettershop suppression explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Say all that stands against mail to one address: its suppression and that of its domain, with"
          + " reason, cause and history; topics that are refused; a pause."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:explained", "1:the database failed; try again", "2:usage or configuration"})
final class SuppressionExplainCommand implements Callable<Integer> {
  @Mixin private StoreReport report;

  @Option(names = "--email", paramLabel = "ADDRESS", required = true, description = "The address.")
  private String email;

  /** What {@code -o json} prints. */
  record Answer(
      String hash,
      SuppressionText.Row address,
      SuppressionText.Row domain,
      List<Refusal> refusals,
      String pausedUntil,
      List<Deed> history) {
    static Answer of(AddressReport report) {
      return new Answer(
          report.hash(),
          SuppressionText.row(report.address()),
          SuppressionText.row(report.domain()),
          report.refusals().stream()
              .map(r -> new Refusal(r.topic(), r.profileId(), r.since().toString()))
              .toList(),
          report.pausedUntil() == null ? null : report.pausedUntil().toString(),
          report.history().stream()
              .map(e -> new Deed(e.occurredAt().toString(), e.action(), e.actor(), e.detail()))
              .toList());
    }
  }

  /** A topic that is refused. */
  record Refusal(String topic, long profileId, String since) {}

  /** What was done about the suppression. */
  record Deed(String occurredAt, String action, String actor, @JsonRawValue String detail) {}

  @Override
  public Integer call() {
    String address = QueryOptions.address(email);
    return report.print(
        open -> Answer.of(open.store().suppressions().explain(address)),
        SuppressionExplainCommand::print);
  }

  private static void print(Answer answer, PrintWriter out) {
    boolean suppressed = answer.address() != null || answer.domain() != null;
    out.println(suppressed ? "The address is suppressed" : "The address is not suppressed");
    if (answer.address() != null) {
      SuppressionText.print(answer.address(), out);
    }
    if (answer.domain() != null) {
      SuppressionText.print(answer.domain(), out);
    }
    answer
        .refusals()
        .forEach(
            refusal ->
                out.printf(
                    "%s  refuses the topic %s, as profile %d; lettershop profile consents %d explains"
                        + " it%n",
                    refusal.since(), refusal.topic(), refusal.profileId(), refusal.profileId()));
    if (answer.pausedUntil() != null) {
      out.printf("Its owner wants no mail until %s%n", answer.pausedUntil());
    }
    for (Deed entry : answer.history()) {
      out.printf(
          "%s  %s by %s%s%n",
          entry.occurredAt(),
          entry.action(),
          entry.actor(),
          entry.detail() == null ? "" : " " + entry.detail());
    }
  }
}
