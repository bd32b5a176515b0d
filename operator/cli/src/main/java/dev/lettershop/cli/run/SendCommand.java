package dev.lettershop.cli.run;

import dev.lettershop.api.v1alpha1.experiment.ExperimentStatus;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import dev.lettershop.cli.output.Failure;
import dev.lettershop.cli.output.RunConsole;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.cli.pod.JobEnd;
import dev.lettershop.cli.pod.PodJob;
import dev.lettershop.cli.pod.PodOptions;
import dev.lettershop.cli.pod.PodWork;
import dev.lettershop.cli.pod.SchemaStatusReport;
import dev.lettershop.cli.pod.SourceStatusReport;
import dev.lettershop.job.ExitCode;
import dev.lettershop.job.RunName;
import dev.lettershop.job.TerminationMessage;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.ledger.Shard;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.execute.CampaignExecution;
import dev.lettershop.worker.execute.RunOptions;
import dev.lettershop.worker.execute.RunReport;
import dev.lettershop.worker.execute.ShardView;
import dev.lettershop.worker.mount.MountedInputs;
import dev.lettershop.worker.mount.MountedPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop send}: one shard of a run, in a Pod. */
@Command(
    name = "send",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Work on a run of a campaign, as one of several shards: what the Pods of a campaign's Job do.",
      "The shard that comes first reads the sources, if the plan has any, and freezes the audience;"
          + " the others wait for it. Then each sends what it can claim, until nobody is left.",
      "",
      "A run's name sends once: when the ledger says that the run is completed, nothing is done."
          + " SIGTERM ends the command in order; started again, it goes on."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:this shard is done, or the run was completed before",
      "1:database or relay failed; try again",
      "2:usage or configuration; trying again cannot help",
      "3:this shard is done, but some of its recipients failed for good",
      "4:cancelled; start it again to go on"
    })
public final class SendCommand implements Callable<Integer>, PodWork {
  @Spec private CommandSpec spec;
  @Mixin private PodOptions pod;

  @Option(
      names = "--sources",
      paramLabel = "DIR",
      defaultValue = WorkerPlaces.SOURCES,
      description = {
        "Folder with the volume of each ProfileSource, by its name. Default: ${DEFAULT-VALUE}."
      })
  private Path sources;

  @Option(
      names = "--run-name",
      paramLabel = "NAME",
      defaultValue = "${env:" + WorkerPlaces.RUN_NAME + "}",
      description = "Name of the run. Default: " + WorkerPlaces.RUN_NAME + ".")
  private String runName;

  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many processes share the work. Default: ${DEFAULT-VALUE}.")
  private int shards;

  @Option(
      names = "--shard",
      paramLabel = "I",
      defaultValue = "${env:" + WorkerPlaces.SHARD + ":-0}",
      description = {
        "Which of them this one is, counted from 0. Default: " + WorkerPlaces.SHARD + ", else 0."
      })
  private int shard;

  @Option(names = "--dry-run", description = "Do everything but SMTP.")
  private boolean dryRun;

  @Option(
      names = "--test-recipients",
      paramLabel = "FILE",
      description = "Mail only to members of the audience with these addresses, one a line.")
  private Path testRecipients;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = {
        "Work on this earlier run in place of one of its own, for those alone whom it missed. Done"
            + " once for a --run-name, however often it is started."
      })
  private String resume;

  @Option(
      names = "--include-uncertain",
      description = "With --resume: also those of whom it is open whether they were reached.")
  private boolean includeUncertain;

  @Option(
      names = "--relay-patience",
      paramLabel = "TIME",
      defaultValue = "72h",
      description = {
        "How long a relay that is away, or fails everything, is waited for, such as 90s. Nothing is"
            + " sent meanwhile. Default: ${DEFAULT-VALUE}."
      })
  private String relayPatience;

  private final Clock clock = Clock.systemUTC();
  private PodJob job;
  private ShardView view;
  private String planHash;
  private volatile ExperimentStatus experiment;

  @Override
  public Integer call() throws Exception {
    job = new PodJob(spec.commandLine(), pod);
    return job.run(this);
  }

  @Override
  public JobEnd run(Cancellation cancellation) {
    if (runName == null || runName.isBlank()) {
      throw new UsageException(
          "The run needs a name: give --run-name, or set " + WorkerPlaces.RUN_NAME);
    }
    runName = RunName.of(runName);
    Shard mine = shard();
    MountedPlan plan = pod.plan();
    PlanDocument document = plan.campaign();
    planHash = document.hash();
    ShardView progress = new ShardView(mine, clock);
    view = progress;
    job.report(document.plan().namespace(), "campaignruns", runName, () -> status(progress.now()));
    RunReport report =
        new CampaignExecution(
                document,
                plan.sources(),
                pod.secrets(),
                new MountedInputs(sources),
                clock,
                new SourceStatusReport(
                    new SchemaStatusReport(
                        RunConsole.on(spec.commandLine()), job, document.plan().namespace()),
                    (source, status) ->
                        job.reportOnce(
                            document.plan().namespace(), "profilesources", source, status),
                    clock),
                cancellation)
            .run(options(mine), progress);
    planHash = report.status().planHash();
    experiment = report.status().experiment();
    return end(report.exitCode(), reason(report), sentence(report, mine), report.shard());
  }

  @Override
  public JobEnd failed(Failure failure) {
    ShardStatus known = view == null ? null : view.now();
    return end(failure.exitCode(), failure.reason(), failure.message(), known);
  }

  private JobEnd end(int exitCode, String reason, String message, ShardStatus figures) {
    return new JobEnd(
        exitCode,
        new TerminationMessage(
                reason,
                message,
                planHash,
                figures,
                null,
                null,
                clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
            .with(experiment),
        figures == null ? null : status(figures));
  }

  private Map<String, ?> status(ShardStatus figures) {
    Map<String, ?> shards = Map.of(Integer.toString(shard), figures);
    return experiment == null
        ? Map.of("shards", shards)
        : Map.of("shards", shards, "experiment", experiment);
  }

  private RunOptions options(Shard mine) {
    RunOptions options =
        resume == null
            ? new RunOptions(runName, dryRun, recipients(), true, mine, owner())
            : new RunOptions(resume, false, Set.of(), false, mine, owner())
                .resuming(new RunOptions.Resume(runName, includeUncertain));
    return options.waitingForRelay(relayPatience());
  }

  private Duration relayPatience() {
    return DurationText.read(relayPatience)
        .orElseThrow(
            () ->
                new UsageException(
                    "--relay-patience " + relayPatience + " is not a time such as 90s"));
  }

  private Shard shard() {
    try {
      return new Shard(shard, shards);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** Name of this process, for messages of others. */
  static String owner() {
    String name = System.getenv("LETTERSHOP_POD");
    return name == null || name.isBlank() ? "lettershop-" + ProcessHandle.current().pid() : name;
  }

  private Set<String> recipients() {
    if (testRecipients == null) {
      return Set.of();
    }
    try (Stream<String> lines = Files.lines(testRecipients)) {
      Set<String> given =
          lines.map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.toSet());
      if (given.isEmpty()) {
        throw new UsageException(testRecipients + " names nobody, so that the test mails nobody");
      }
      return given;
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new UsageException(
          "Cannot read " + testRecipients + " (" + e.getClass().getSimpleName() + ")");
    }
  }

  private String reason(RunReport report) {
    if (report.alreadyCompleted()) {
      return "AlreadyCompleted";
    }
    return switch (report.exitCode()) {
      case ExitCode.DONE -> dryRun ? "DryRun" : "Succeeded";
      case ExitCode.FAILED_RECIPIENTS -> "PartiallySent";
      case ExitCode.CANCELLED -> "Cancelled";
      default -> "Retry";
    };
  }

  private String sentence(RunReport report, Shard mine) {
    if (report.alreadyCompleted()) {
      return "Run "
          + runName
          + " was completed on "
          + report.status().completionTime()
          + "; nothing was sent";
    }
    ShardStatus figures = report.shard();
    String who = mine.count() == 1 ? "" : "Shard " + mine.index() + " of " + mine.count() + ": ";
    String counts =
        dryRun
            ? "everything was done but sending"
            : figures.sent()
                + " sent, "
                + figures.failed()
                + " failed, "
                + figures.uncertain()
                + " uncertain";
    boolean over =
        report.exitCode() == ExitCode.DONE || report.exitCode() == ExitCode.FAILED_RECIPIENTS;
    if (experiment != null && experiment.holdsPeople()) {
      return who + counts + "; " + experiment.message();
    }
    return who + counts + (over ? "" : "; the same run goes on when it is started again");
  }
}
