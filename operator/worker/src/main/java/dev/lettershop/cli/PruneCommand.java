package dev.lettershop.cli;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanCompiler;
import dev.lettershop.plan.StoreResult;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.store.Store;
import dev.lettershop.store.retention.Pruned;
import dev.lettershop.worker.ManifestSecrets;
import dev.lettershop.worker.StoreOpening;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop prune}: forgets what is past its time. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Forget deliveries and events that are past the store's spec.retention, by whole months.",
      "Each completed run does it too. Runs stay known by name: none ever sends again. A month with"
          + " an unfinished run is kept."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:the database failed; try again", "2:usage or configuration"})
final class PruneCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;

  @Parameters(
      paramLabel = "STORE",
      arity = "0..1",
      defaultValue = "default",
      description = "Name of the ProfileStore. Default: ${DEFAULT-VALUE}.")
  private String store;

  @Option(names = "--dry-run", description = "Only say what would be forgotten.")
  private boolean dryRun;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Override
  public Integer call() throws Exception {
    ManifestFiles.Loaded loaded = manifests.load();
    ResourceSet resources = loaded.resources();
    StoreResult result = new PlanCompiler(resources).storePlan(store);
    if (!new Compilation(spec.commandLine(), loaded)
        .report(result.diagnostics(), Diagnostic::isError)) {
      return ExitCode.CONFIGURATION;
    }
    Plan.Store plan = result.store();
    try (StoreOpening opening = StoreOpening.of(plan, new ManifestSecrets(resources.secrets()))) {
      Store open = opening.store();
      open.migrate(plan.schema());
      print(plan, open.pruning().apply(plan.retention(), dryRun));
    }
    return ExitCode.DONE;
  }

  private void print(Plan.Store plan, Pruned pruned) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, pruned);
      return;
    }
    if (plan.retention() == null) {
      out.println("ProfileStore/" + plan.name() + " has no spec.retention: everything is kept");
      return;
    }
    String done = dryRun ? "would be forgotten" : "forgotten";
    if (pruned.isNothing()) {
      out.println("Nothing is past its time");
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
    if (!pruned.kept().isEmpty()) {
      out.println(
          "Kept, because a run is not finished: deliveries of " + String.join(", ", pruned.kept()));
    }
  }
}
