package dev.lettershop.cli.run;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.EmbeddedOption;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.LocalServers;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.RunConsole;
import dev.lettershop.cli.output.Target;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.cli.pod.CancelOnSignal;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.RunPlans;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.worker.access.ManifestInputs;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.execute.CampaignExecution;
import dev.lettershop.worker.execute.RunOptions;
import dev.lettershop.worker.execute.RunReport;
import dev.lettershop.worker.execute.ShardView;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop run}: one run of a campaign, on this machine. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {RunListCommand.class, RunShowCommand.class},
    description = {
      "Run a campaign once, on this machine.",
      "Syncs its sources, freezes the audience and sends, with the PostgreSQL and SMTP server that"
          + " the resources name; Secrets and ConfigMaps are read from the same manifests. With"
          + " --embedded, with servers of its own and no mail that leaves the machine.",
      "",
      "The ledger decides who gets mail: the same run name never mails anybody twice. After a"
          + " crash, call the same command again, and it goes on where it was."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done, or nothing was left to do",
      "1:database or relay failed; try again",
      "2:usage or configuration, or a test recipient who gets no mail",
      "3:finished, but some recipients failed for good",
      "4:cancelled; call again to go on"
    })
public final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;
  @Mixin private EmbeddedOption embedded;

  @Parameters(paramLabel = "campaign/NAME", arity = "0..1", description = "The campaign to run.")
  private String target;

  @Option(
      names = "--run-name",
      paramLabel = "NAME",
      description = {
        "Name of the run. Default: the campaign's unfinished run, if there is one, else the"
            + " campaign's name and today's date (UTC)."
      })
  private String runName;

  @Option(
      names = "--dry-run",
      description = "Do everything but SMTP. The run's name is free again afterwards.")
  private boolean dryRun;

  @Option(
      names = "--test-recipient",
      paramLabel = "ADDRESS",
      description = "Mail only to this member of the audience. May be repeated.")
  private Set<String> testRecipients = Set.of();

  @Option(
      names = "--resume",
      description = {
        "Take up an earlier run again (--run-name, else the latest) for those alone whom it missed:"
            + " who is planned or deferred still, and who failed for another reason than the"
            + " address. Nobody who got the mail gets it again."
      })
  private boolean resume;

  @Option(
      names = "--include-uncertain",
      description = {
        "With --resume: also those of whom it is open whether they were reached. Some may get the"
            + " mail twice."
      })
  private boolean includeUncertain;

  @Option(
      names = "--no-sync",
      description = "Use the profiles that the store has, without reading the sources again.")
  private boolean noSync;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Folder that stands in for the volumes of file sources. Default: the folder of each"
            + " source's manifest."
      })
  private Path data;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = {
        "text, or json for the status of the CampaignRun and nothing else on standard output."
            + " Default: ${DEFAULT-VALUE}."
      })
  private OutputFormat output;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Also write counts and timings of each phase to this file, as JSON.")
  private Path report;

  @Override
  public Integer call() throws Exception {
    if (target == null) {
      throw new UsageException("Name the campaign to run: campaign/NAME");
    }
    String campaign = Target.campaign(target);
    if (resume && (dryRun || !testRecipients.isEmpty())) {
      throw new UsageException(
          "--resume mails those whom a run missed: it can neither be dry nor a test");
    }
    if (includeUncertain && !resume) {
      throw new UsageException("--include-uncertain goes with --resume");
    }
    if (report != null && !Files.isDirectory(report.toAbsolutePath().getParent())) {
      throw new UsageException("The folder for --report does not exist: " + report);
    }
    ManifestFiles.Loaded loaded = manifests.load();
    RunPlans plans = new PlanCompiler(loaded.resources()).run(campaign);
    if (!new Compilation(spec.commandLine(), loaded)
        .report(plans.diagnostics(), Diagnostic::isError)) {
      return ExitCode.CONFIGURATION;
    }
    Optional<LocalServers.Running> servers = embedded.start(manifests, spec.commandLine());
    if (servers.isEmpty()) {
      return run(plans, loaded.resources(), () -> {});
    }
    try (LocalServers.Running running = servers.get()) {
      ResourceSet here = running.inPlace(loaded);
      return run(new PlanCompiler(here).run(campaign), here, () -> tell(running));
    }
  }

  /**
   * @param resources where Secrets and inputs are
   * @param end what is said when it is over
   */
  private int run(RunPlans plans, ResourceSet resources, Runnable end) throws Exception {
    RunConsole console = RunConsole.on(spec.commandLine());
    CampaignExecution execution =
        new CampaignExecution(
            plans.campaign(),
            plans.sources(),
            new ManifestSecrets(resources.secrets()),
            new ManifestInputs(resources, data),
            Clock.systemUTC(),
            console);
    return CancelOnSignal.call(
        execution::cancel,
        () -> {
          int exitCode = run(execution, plans, console);
          end.run();
          return exitCode;
        });
  }

  private void tell(LocalServers.Running servers) {
    Path page = servers.inbox();
    String arrived =
        servers.arrived() + (servers.arrived() == 1 ? " mail" : " mails") + " arrived.";
    PrintWriter out =
        output == OutputFormat.json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    out.println(page == null ? arrived : arrived + " Look at them in a browser:");
    if (page != null) {
      out.println("  " + page.toAbsolutePath().normalize().toUri());
    }
    out.flush();
  }

  private int run(CampaignExecution execution, RunPlans plans, RunConsole console) {
    RunOptions all = new RunOptions(runName, dryRun, testRecipients, !noSync);
    RunOptions options =
        resume
            ? all.resuming(new RunOptions.Resume("run/" + UUID.randomUUID(), includeUncertain))
            : all;
    ShardView view = new ShardView(options.shardOrAll(), Clock.systemUTC());
    RunReport result;
    try (PauseWatch watch =
        PauseWatch.start(view::heldUp, plans.campaign().plan().pace(), console::note)) {
      result = execution.run(options, view);
    }
    console.finished(result);
    if (output == OutputFormat.json) {
      Json.print(spec.commandLine().getOut(), result.status());
    } else {
      new RunSummary(spec.commandLine()).print(result);
    }
    if (report != null) {
      Json.write(report, result);
    }
    return result.exitCode() == ExitCode.DONE && leavesOut(result)
        ? ExitCode.CONFIGURATION
        : result.exitCode();
  }

  /** Whoever tests waits for a mail: who gets none is told why. */
  private boolean leavesOut(RunReport result) {
    long wanted =
        testRecipients.stream()
            .map(address -> address.strip().toLowerCase(Locale.ROOT))
            .distinct()
            .count();
    long left = wanted - result.status().audience().selected();
    if (wanted == 0 || result.alreadyCompleted() || left <= 0) {
      return false;
    }
    String why = RunSummary.reasons(result.status().audience().skipped(), left);
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        spec.commandLine()
            .getColorScheme()
            .errorText("%d of %d test recipients get no mail: %s".formatted(left, wanted, why)));
    err.flush();
    return true;
  }
}
