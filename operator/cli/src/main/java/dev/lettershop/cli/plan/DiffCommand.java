package dev.lettershop.cli.plan;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.EmbeddedOption;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.Target;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.ExitCode;
import dev.lettershop.models.VersionDifference;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.compile.CampaignChange;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.store.segment.SegmentDifference;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.task.SegmentStudy;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
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
          + " has recorded. Changes nothing in the store.",
      "For a model: who would get another group or score by the next scoring, with the version that it"
          + " would train, and how segments that ask for the model would grow or shrink.",
      "For a campaign, or all of them when none is named: whether the next run would do something"
          + " else, what differs in its plan, and when it is due, against a cluster or --base."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:compared, whether or not there is a difference",
      "1:a campaign would no longer compile, more than --most-due people would be due at once, or"
          + " the database failed",
      "2:usage or configuration"
    })
public final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;
  @Mixin private EmbeddedOption embedded;

  @Parameters(
      paramLabel = "segment/NAME|model/NAME|campaign/NAME",
      arity = "0..1",
      description = "What to compare. Default: all campaigns.")
  private String target;

  @ArgGroup(validate = false, heading = "Campaigns:%n")
  private final CampaignComparison campaigns = new CampaignComparison();

  @Option(
      names = "--audiences",
      description =
          "Of new and changed campaigns, also ask the store how many people their segments hold by"
              + " the rules of now and then, and compare segments whose rule differs as for"
              + " segment/NAME. Of triggered ones: how many people wait, and how many the change of a"
              + " delay makes due at once.")
  private boolean audiences;

  @Option(
      names = "--most-due",
      paramLabel = "N",
      description =
          "With --audiences: refuse a change that makes more people than this due at once.")
  private Long mostDue;

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
      String segment,
      long members,
      String lastRefreshTime,
      long size,
      long enter,
      long leave,
      Map<String, Long> eventsOfAllTime) {}

  @Override
  public Integer call() {
    ManifestFiles.Loaded loaded = manifests.load();
    Target chosen =
        target == null
            ? null
            : Target.of(target, Target.Kind.Segment, Target.Kind.Campaign, Target.Kind.Model);
    if (chosen != null && chosen.kind() == Target.Kind.Model) {
      return model(chosen.name(), loaded);
    }
    if (chosen != null && chosen.kind() == Target.Kind.Segment) {
      return segment(chosen.name(), loaded);
    }
    if (embedded.isGiven() && !campaigns.isWithFiles()) {
      throw new UsageException("--embedded compares with manifests: name them with --base");
    }
    return embedded.placing(
        manifests,
        spec.commandLine(),
        placing ->
            campaigns(chosen == null ? null : chosen.name(), placing.apply(loaded), placing));
  }

  private int campaigns(
      String name, ResourceSet wanted, Function<ManifestFiles.Loaded, ResourceSet> placing) {
    if (mostDue != null && !audiences) {
      throw new UsageException("--most-due needs --audiences: only the store knows who waits");
    }
    List<CampaignChange> changes = campaigns.compare(wanted, name, namespace, placing);
    if (name != null && changes.isEmpty()) {
      throw new UsageException("Campaign " + name + " exists in neither state");
    }
    List<SegmentDiff> moved = audiences ? moved(changes, wanted) : List.of();
    Map<String, List<TextChange>> texts = campaigns.texts(changes, wanted);
    Map<String, CampaignComparison.Audiences> sizes =
        audiences ? campaigns.audiences(changes, wanted) : Map.of();
    Map<String, TriggeredWaiting> waiting =
        audiences ? campaigns.waiting(changes, wanted, namespace) : Map.of();
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, CampaignComparison.json(changes, moved, texts, sizes, waiting));
    } else {
      CampaignComparison.print(out, changes, texts, sizes, waiting);
      moved.forEach(segment -> print(out, segment));
    }
    boolean flood = flood(waiting);
    return flood || changes.stream().anyMatch(c -> c.kind() == CampaignChange.Kind.Broken)
        ? ExitCode.RETRY
        : ExitCode.DONE;
  }

  /** Whether too many would be due at once, after saying so. */
  private boolean flood(Map<String, TriggeredWaiting> waiting) {
    boolean flood = false;
    for (Map.Entry<String, TriggeredWaiting> each : waiting.entrySet()) {
      if (mostDue != null && each.getValue().atOnce() > mostDue) {
        flood = true;
        spec.commandLine()
            .getErr()
            .printf(
                Locale.ROOT,
                "campaign/%s: %,d people would be due at once, more than --most-due %,d; lengthen the"
                    + " delay, or set spec.limits.maxRecipients and raise --most-due%n",
                each.getKey(),
                each.getValue().atOnce(),
                mostDue);
      }
    }
    spec.commandLine().getErr().flush();
    return flood;
  }

  private List<SegmentDiff> moved(List<CampaignChange> changes, ResourceSet wanted) {
    return changes.stream()
        .flatMap(change -> change.movedSegments().stream())
        .distinct()
        .filter(wanted.segments()::containsKey)
        .map(name -> difference(name, wanted))
        .toList();
  }

  private int segment(String name, ManifestFiles.Loaded loaded) {
    Compiled<SegmentPlan> compiled = new PlanCompiler(loaded.resources()).segment(name);
    if (!new Compilation(spec.commandLine(), loaded)
        .report(compiled.diagnostics(), Diagnostic::isError)) {
      return ExitCode.CONFIGURATION;
    }
    return embedded.with(
        manifests, loaded, spec.commandLine(), resources -> print(difference(name, resources)));
  }

  private int print(SegmentDiff difference) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, difference);
    } else {
      print(out, difference);
    }
    return ExitCode.DONE;
  }

  private int model(String name, ManifestFiles.Loaded loaded) {
    PlanCompiler compiler = new PlanCompiler(loaded.resources());
    Compiled<ModelPlan> compiled = compiler.model(name);
    if (!new Compilation(spec.commandLine(), loaded)
        .report(compiled.diagnostics(), Diagnostic::isError)) {
      return ExitCode.CONFIGURATION;
    }
    VersionDifference difference = new ModelComparison(compiler).of(compiled.value());
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, difference);
    } else {
      ModelComparison.print(out, difference);
    }
    return ExitCode.DONE;
  }

  private SegmentDiff difference(String name, ResourceSet resources) {
    SegmentPlan plan = new PlanCompiler(resources).segment(name).value();
    SegmentDifference difference =
        new SegmentStudy(plan, new ManifestSecrets(resources.secrets()), Clock.systemUTC())
            .difference(namespace == null ? plan.namespace() : namespace);
    return new SegmentDiff(
        name,
        difference.members(),
        difference.refreshed() == null ? null : difference.refreshed().toString(),
        difference.size(),
        difference.enter(),
        difference.leave(),
        difference.eventsOfAllTime());
  }

  private static void print(PrintWriter out, SegmentDiff difference) {
    String refreshed = difference.lastRefreshTime();
    out.printf(Locale.ROOT, "segment/%s%n", difference.segment());
    out.printf(
        Locale.ROOT,
        "%,10d  members now, %s%n",
        difference.members(),
        refreshed == null ? "since it has never been refreshed" : "as of " + refreshed);
    out.printf(Locale.ROOT, "%,+10d  would enter%n", difference.enter());
    out.printf(Locale.ROOT, "%,+10d  would leave%n", -difference.leave());
    out.printf(Locale.ROOT, "%,10d  members then%n", difference.size());
    difference
        .eventsOfAllTime()
        .forEach((event, count) -> out.println(ExplanationText.ofAllTime(event, count)));
    out.flush();
  }
}
