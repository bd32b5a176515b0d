package dev.lettershop.cli.run;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.Target;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.PlannedLinks;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.hit.LinkHits;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.access.StoreOpening;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop links}: the links of a campaign whose clicks are recorded. */
@Command(
    name = "links",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "List the links of a campaign whose clicks are recorded, and where they lead.",
      "An address is in pieces: … stands for a value of the recipient. With --hits, lists the links"
          + " of a run with the requests for each (those of programs that look into mails among them),"
          + " the mails that they came from, and the people who are held to have followed it."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:listed",
      "1:the database failed; try again",
      "2:usage or configuration, or no such run"
    })
public final class LinksCommand implements Callable<Integer> {
  private static final int LATEST_RUNS = 50;

  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;

  @Parameters(paramLabel = "campaign/NAME", description = "The campaign.")
  private String target;

  @Option(names = "--hits", description = "Count requests, in the database of its ProfileStore.")
  private boolean hits;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "With --hits: the run. Default: the latest one that is not a test.")
  private String run;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  /** What {@code -o json} prints of a link; counts are null without {@code --hits}. */
  record Row(
      int number, String template, List<String> address, Long hits, Long mails, Long people) {
    String shown() {
      return String.join("…", address);
    }
  }

  @Override
  public Integer call() {
    if (run != null && !hits) {
      throw new UsageException("--run says of which run requests are counted; add --hits");
    }
    String campaign = Target.campaign(target);
    ManifestFiles.Loaded loaded = manifests.load();
    Compiled<PlanDocument> result = new PlanCompiler(loaded.resources()).campaign(campaign);
    if (!new Compilation(spec.commandLine(), loaded)
        .report(result.diagnostics(), Diagnostic::isError)) {
      return ExitCode.CONFIGURATION;
    }
    Plan plan = result.value().plan();
    List<Row> rows =
        hits ? counted(plan, new ManifestSecrets(loaded.resources().secrets())) : planned(plan);
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, rows);
    } else {
      print(rows, out);
      out.flush();
    }
    return ExitCode.DONE;
  }

  private static List<Row> planned(Plan plan) {
    return PlannedLinks.of(plan).all().stream()
        .map(link -> new Row(link.number(), link.template(), link.address(), null, null, null))
        .toList();
  }

  private List<Row> counted(Plan plan, ManifestSecrets secrets) {
    try (StoreOpening opening = StoreOpening.of(plan.store(), secrets)) {
      opening.store().migrate(plan.store().schema());
      Run found = find(opening.store(), plan);
      Map<Integer, LinkHits> counts =
          opening.store().hits().clicks(found.id()).stream()
              .collect(Collectors.toMap(LinkHits::number, count -> count));
      return opening.store().hits().targets(found.id()).stream()
          .map(
              link -> {
                LinkHits count =
                    counts.getOrDefault(link.number(), new LinkHits(link.number(), 0, 0, 0));
                return new Row(
                    link.number(),
                    link.template(),
                    link.address(),
                    count.hits(),
                    count.mails(),
                    count.people());
              })
          .toList();
    }
  }

  private Run find(Store store, Plan plan) {
    return store.ledger().runs(plan.namespace(), plan.campaign(), LATEST_RUNS).stream()
        .filter(each -> run == null ? !each.test() : each.key().name().equals(run))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    run == null
                        ? "Campaign/" + plan.campaign() + " has no run yet"
                        : "Campaign/" + plan.campaign() + " has no run \"" + run + "\""));
  }

  private void print(List<Row> rows, PrintWriter out) {
    if (rows.isEmpty()) {
      out.println("No clicks are recorded: set spec.tracking.clicks of the campaign");
    }
    for (Row row : rows) {
      if (hits) {
        out.printf(
            "%5d  %8d  %8d  %8d  %s%n",
            row.number(), row.hits(), row.mails(), row.people(), row.shown());
      } else {
        out.printf("%5d  %-20s  %s%n", row.number(), row.template(), row.shown());
      }
    }
  }
}
