package dev.lettershop.cli.run;

import dev.lettershop.cli.output.Failure;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.cli.plan.ExplanationText;
import dev.lettershop.cli.pod.JobEnd;
import dev.lettershop.cli.pod.PodJob;
import dev.lettershop.cli.pod.PodOptions;
import dev.lettershop.cli.pod.PodWork;
import dev.lettershop.cli.pod.SchemaStatusReport;
import dev.lettershop.job.ExitCode;
import dev.lettershop.job.TerminationMessage;
import dev.lettershop.job.TerminationMessage.RefreshCounts;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.store.segment.Refreshed;
import dev.lettershop.store.segment.Segments.Scope;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.task.SegmentRefresh;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop refresh}: one segment, in a Pod. */
@Command(
    name = "refresh",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Record who is in a segment: what the Pods of a Segment's CronJob do.",
      "Says how many members it has, and how many came and went since the last time."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:recorded",
      "1:the database failed; try again",
      "2:usage or configuration; trying again cannot help"
    })
public final class RefreshCommand implements Callable<Integer>, PodWork {
  @Spec private CommandSpec spec;
  @Mixin private PodOptions pod;

  @Option(
      names = "--all",
      description = "Look at all profiles, not only at those whose answer can have changed.")
  private boolean all;

  private final Clock clock = Clock.systemUTC();
  private PodJob job;

  @Override
  public Integer call() throws Exception {
    job = new PodJob(spec.commandLine(), pod);
    return job.run(this);
  }

  @Override
  public JobEnd run(Cancellation cancellation) {
    SegmentPlan plan = pod.plan().segment();
    job.report(plan.namespace(), "segments", plan.name(), null);
    Refreshed refreshed =
        new SegmentRefresh(
                pod.secrets(), new SchemaStatusReport(RunListener.NONE, job, plan.namespace()))
            .refresh(plan, all ? Scope.All : Scope.Changed);
    String sentence =
        String.format(
            Locale.ROOT,
            "Segment %s: %,d members, %,d came, %,d left; in %.2f s, %s",
            plan.name(),
            refreshed.size(),
            refreshed.entered(),
            refreshed.left(),
            refreshed.took().toNanos() / 1e9,
            refreshed.isIncremental()
                ? String.format(
                    Locale.ROOT,
                    "looking at %,d profiles that can have changed",
                    refreshed.evaluated())
                : "looking at all profiles because " + refreshed.allBecause());
    sentence +=
        refreshed.eventsOfAllTime().entrySet().stream()
            .map(e -> "; " + ExplanationText.ofAllTime(e.getKey(), e.getValue()))
            .collect(Collectors.joining());
    return new JobEnd(
        ExitCode.DONE,
        message(
            "Succeeded",
            sentence,
            new RefreshCounts(
                refreshed.size(),
                refreshed.entered(),
                refreshed.left(),
                refreshed.took().toMillis())),
        Map.of(
            "size",
            refreshed.size(),
            "entered",
            refreshed.entered(),
            "left",
            refreshed.left(),
            "lastRefreshTime",
            refreshed.at().truncatedTo(ChronoUnit.SECONDS).toString(),
            "lastRefreshMilliseconds",
            refreshed.took().toMillis()));
  }

  @Override
  public JobEnd failed(Failure failure) {
    return new JobEnd(failure.exitCode(), message(failure.reason(), failure.message(), null), null);
  }

  private TerminationMessage message(String reason, String sentence, RefreshCounts counts) {
    return new TerminationMessage(
        reason,
        sentence,
        null,
        null,
        null,
        counts,
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
