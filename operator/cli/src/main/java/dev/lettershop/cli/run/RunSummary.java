package dev.lettershop.cli.run;

import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.run.DeliveryCounts;
import dev.lettershop.worker.execute.RunReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/** Says what happened to whom, in figures, for people. */
public final class RunSummary {
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("excluded", "in an excluded segment"),
          Map.entry("noAddress", "no usable address"),
          Map.entry("noConsent", "no consent to the topic"),
          Map.entry("suppressed", "address suppressed"),
          Map.entry("paused", "wants no mail for a while"),
          Map.entry("frequencyCap", "has had as much mail as the frequency cap allows"),
          Map.entry("duplicateAddress", "same address as another profile"),
          Map.entry("controlGroup", "in the group that no campaign mails"),
          Map.entry("holdout", "hold-out group"),
          Map.entry("profileGone", "profile erased or merged since"),
          Map.entry("notInAudience", "in none of the segments"),
          Map.entry("noWinner", "no variant has won"));

  private final PrintWriter out;

  public RunSummary(CommandLine commandLine) {
    this.out = commandLine.getOut();
  }

  public void print(RunReport report) {
    CampaignRunStatus status = report.status();
    out.println();
    if (report.alreadyCompleted()) {
      out.println(
          "Run "
              + report.run()
              + " was completed on "
              + status.completionTime()
              + "; nothing was sent. To mail again, give another --run-name.");
    }
    print(report.run(), status);
  }

  /** The figures of a run, and how it stands. */
  void print(String run, CampaignRunStatus status) {
    DeliveryCounts deliveries = status.deliveries();
    row("audience", status.audience().selected(), "");
    row("  sent", deliveries.sent(), "");
    optional("  failed for good", deliveries.failed());
    optional("  waiting for another try", deliveries.deferred());
    optional("  uncertain", deliveries.uncertain());
    if (!status.audience().skipped().isEmpty()) {
      out.println("not mailed");
      status
          .audience()
          .skipped()
          .forEach(
              (reason, count) -> row("  " + REASONS.getOrDefault(reason, reason), count, reason));
    }
    if (!status.variants().isEmpty()) {
      out.println("variants");
      status.variants().forEach(variant -> row("  " + variant.name(), variant.sent(), "sent"));
    }
    if (status.experiment() != null && !status.experiment().holdsPeople()) {
      out.println(status.experiment().message());
    }
    out.println(status.conditions().get(0).message() + " (run " + run + ")");
    out.flush();
  }

  /**
   * Why test recipients are not mailed, for a sentence.
   *
   * @param skipped how many people for each reason; those who are in no segment are the whole store
   * @param left how many test recipients
   */
  static String reasons(Map<String, Long> skipped, long left) {
    List<String> reasons = new ArrayList<>();
    long known = 0;
    for (Map.Entry<String, Long> reason : new TreeMap<>(skipped).entrySet()) {
      if (!reason.getKey().equals("notInAudience") && reason.getValue() > 0) {
        known += reason.getValue();
        reasons.add(REASONS.getOrDefault(reason.getKey(), reason.getKey()));
      }
    }
    if (known < left) {
      reasons.add("in none of the campaign's segments, or no profile has the address");
    }
    return String.join("; ", reasons);
  }

  private void optional(String name, Long count) {
    if (count != null && count > 0) {
      row(name, count, "");
    }
  }

  private void row(String name, Long count, String remark) {
    out.println(
        String.format(Locale.ROOT, "%-36s %,12d  %s", name, count == null ? 0 : count, remark)
            .stripTrailing());
  }
}
