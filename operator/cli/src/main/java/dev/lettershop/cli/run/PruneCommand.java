package dev.lettershop.cli.run;

import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.store.retention.PruneReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lettershop prune}: forgets what is past its time. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Forget deliveries and events that are past the store's spec.retention, by whole months, and"
          + " quarantined records.",
      "A store without spec.retention keeps everything. Each completed run does it too. Runs stay known by name: none ever sends again. A month with"
          + " an unfinished run is kept."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:the database failed; try again", "2:usage or configuration"})
public final class PruneCommand implements Callable<Integer> {
  @Mixin private StoreReport report;

  @Option(names = "--dry-run", description = "Only say what would be forgotten.")
  private boolean dryRun;

  private boolean keepsAll;

  @Override
  public Integer call() {
    return report.print(
        open -> {
          keepsAll = open.plan().retention() == null;
          return open.store().pruning().apply(open.plan().retention(), dryRun);
        },
        this::print);
  }

  private void print(PruneReport pruned, PrintWriter out) {
    String done = dryRun ? "would be forgotten" : "forgotten";
    if (pruned.isNothing()) {
      out.println(
          keepsAll
              ? "Nothing is past its time; the store has no spec.retention, so that only opens and"
                  + " clicks are ever forgotten"
              : "Nothing is past its time");
    }
    if (!pruned.deliveries().isEmpty()) {
      out.println(
          "Deliveries of "
              + String.join(", ", pruned.deliveries())
              + " ("
              + pruned.runs()
              + " runs) "
              + done);
    }
    if (!pruned.events().isEmpty()) {
      out.println("Events of " + String.join(", ", pruned.events()) + " " + done);
    }
    if (pruned.otherEvents() > 0) {
      out.println(pruned.otherEvents() + " other events " + done);
    }
    if (pruned.quarantined() > 0) {
      out.println(pruned.quarantined() + " quarantined records " + done);
    }
    if (!pruned.hits().isEmpty()) {
      out.println("Opens and clicks of " + String.join(", ", pruned.hits()) + " " + done);
    }
    if (!pruned.kept().isEmpty()) {
      out.println(
          "Kept, because a run is not finished: deliveries of " + String.join(", ", pruned.kept()));
    }
  }
}
