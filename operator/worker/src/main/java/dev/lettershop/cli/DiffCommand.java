package dev.lettershop.cli;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.PlanCompiler;
import dev.lettershop.plan.SegmentResult;
import dev.lettershop.store.segment.SegmentDifference;
import dev.lettershop.worker.ManifestSecrets;
import dev.lettershop.worker.SegmentStudy;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop diff}: what would change if manifests were applied. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Say what would change if the manifests were applied.",
      "For a segment: how many would enter and leave it, against the members that its last refresh"
          + " has recorded. Changes nothing in the store."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:compared, whether or not there is a difference",
      "1:the database failed; try again",
      "2:usage or configuration"
    })
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;

  @Parameters(paramLabel = "segment/NAME", description = "What to compare.")
  private String target;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Namespace in which it is applied. Default: that of the manifests.")
  private String namespace;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  /** What {@code -o json} prints of a segment. */
  record SegmentDiff(
      String segment, long members, String lastRefreshTime, long size, long enter, long leave) {}

  @Override
  public Integer call() {
    Target chosen = Target.of(target, Target.Kind.Segment);
    ManifestFiles.Loaded loaded = manifests.load();
    return switch (chosen.kind()) {
      case Segment -> segment(chosen.name(), loaded);
      case Campaign -> throw new IllegalStateException("campaigns are not compared");
    };
  }

  private int segment(String name, ManifestFiles.Loaded loaded) {
    SegmentResult compiled = new PlanCompiler(loaded.resources()).segment(name);
    if (!new Compilation(spec.commandLine(), loaded)
        .report(compiled.diagnostics(), Diagnostic::isError)) {
      return ExitCode.CONFIGURATION;
    }
    SegmentDifference difference =
        new SegmentStudy(
                compiled.plan(),
                new ManifestSecrets(loaded.resources().secrets()),
                Clock.systemUTC())
            .difference(namespace == null ? compiled.plan().namespace() : namespace);
    print(name, difference);
    return ExitCode.DONE;
  }

  private void print(String name, SegmentDifference difference) {
    PrintWriter out = spec.commandLine().getOut();
    String refreshed = difference.refreshed() == null ? null : difference.refreshed().toString();
    if (output == OutputFormat.json) {
      Json.print(
          out,
          new SegmentDiff(
              name,
              difference.members(),
              refreshed,
              difference.size(),
              difference.enter(),
              difference.leave()));
      return;
    }
    out.printf(Locale.ROOT, "segment/%s%n", name);
    out.printf(
        Locale.ROOT,
        "%,10d  members now, %s%n",
        difference.members(),
        refreshed == null ? "since it has never been refreshed" : "as of " + refreshed);
    out.printf(Locale.ROOT, "%,+10d  would enter%n", difference.enter());
    out.printf(Locale.ROOT, "%,+10d  would leave%n", -difference.leave());
    out.printf(Locale.ROOT, "%,10d  members then%n", difference.size());
    out.flush();
  }
}
