package dev.lettershop.cli.source;

import dev.lettershop.api.v1alpha1.source.SyncCounts;
import dev.lettershop.cli.output.Failure;
import dev.lettershop.cli.output.RunConsole;
import dev.lettershop.cli.output.SyncText;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.cli.pod.JobEnd;
import dev.lettershop.cli.pod.PodJob;
import dev.lettershop.cli.pod.PodOptions;
import dev.lettershop.cli.pod.PodWork;
import dev.lettershop.cli.pod.SchemaStatusReport;
import dev.lettershop.job.ExitCode;
import dev.lettershop.job.TerminationMessage;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.mount.MountedInputs;
import dev.lettershop.worker.task.SourceUpdater;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop sync}: one source, in a Pod. */
@Command(
    name = "sync",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Read one source into its store: what the Pods of a ProfileSource's CronJob do.",
      "All of its records become visible at once, or, when it fails, none."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:read, and the store is up to date",
      "1:the database failed; try again",
      "2:usage or configuration, or too many invalid records; the store is as it was",
      "4:cancelled; the store is as it was"
    })
public final class SyncCommand implements Callable<Integer>, PodWork {
  @Spec private CommandSpec spec;
  @Mixin private PodOptions pod;

  @Option(
      names = "--sources",
      paramLabel = "DIR",
      defaultValue = WorkerPlaces.SOURCES,
      description = {
        "Folder with the volume of the ProfileSource, by its name. Default: ${DEFAULT-VALUE}."
      })
  private Path sources;

  @Option(names = "--full", description = "Read a file also when it is the one that was read last.")
  private boolean full;

  private final Clock clock = Clock.systemUTC();
  private PodJob job;

  @Override
  public Integer call() throws Exception {
    job = new PodJob(spec.commandLine(), pod);
    return job.run(this);
  }

  @Override
  public JobEnd run(Cancellation cancellation) {
    SourcePlan plan = pod.plan().source();
    job.report(plan.namespace(), "profilesources", plan.name(), null);
    SyncResult result =
        new SourceUpdater(
                pod.secrets(),
                new MountedInputs(sources),
                clock,
                cancellation,
                new SchemaStatusReport(RunConsole.on(spec.commandLine()), job, plan.namespace()))
            .read(plan, full);
    // Of a file that is passed over, what its reading came to still holds.
    SyncCounts counts = result.unchanged() ? null : SyncText.counts(result, clock.instant());
    String time = now();
    if (!result.succeeded()) {
      String problem = result.problems().get(0).toString();
      return new JobEnd(
          ExitCode.CONFIGURATION, message("ConfigurationError", problem, counts, time), null);
    }
    return new JobEnd(
        ExitCode.DONE,
        message("Succeeded", SyncText.summary(plan.name(), result), counts, time),
        counts == null
            ? Map.of("lastSyncTime", time)
            : Map.of("lastSyncTime", time, "lastSync", counts));
  }

  @Override
  public JobEnd failed(Failure failure) {
    return new JobEnd(
        failure.exitCode(), message(failure.reason(), failure.message(), null, now()), null);
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static TerminationMessage message(
      String reason, String sentence, SyncCounts counts, String time) {
    return new TerminationMessage(reason, sentence, null, null, counts, null, time);
  }
}
