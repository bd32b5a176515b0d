package dev.lettershop.cli.run;

import dev.lettershop.api.v1alpha1.transport.BounceCounts;
import dev.lettershop.cli.output.Failure;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.cli.pod.JobEnd;
import dev.lettershop.cli.pod.PodJob;
import dev.lettershop.cli.pod.PodOptions;
import dev.lettershop.cli.pod.PodWork;
import dev.lettershop.job.ExitCode;
import dev.lettershop.job.TerminationMessage;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.BouncesPlan;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.task.BounceCollection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop bounces}: the bounces of one transport, in a Pod. */
@Command(
    name = "bounces",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Read bounces and complaints: what the Pods of a MailTransport's CronJob do.",
      "Each message is recorded, then put away; what is not a bounce of ours is kept for people to"
          + " look at. Reading the same message again changes nothing."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all is read and recorded",
      "1:the mailbox or the database failed; try again",
      "2:usage or configuration; trying again cannot help",
      "4:cancelled; what was read is recorded"
    })
public final class BouncesCommand implements Callable<Integer>, PodWork {
  @Spec private CommandSpec spec;
  @Mixin private PodOptions pod;

  @Option(
      names = "--spool",
      paramLabel = "DIR",
      defaultValue = WorkerPlaces.SPOOL,
      description = "Folder with the spool's volume. Default: ${DEFAULT-VALUE}.")
  private Path spool;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  private final Clock clock = Clock.systemUTC();
  private PodJob job;

  @Override
  public Integer call() throws Exception {
    job = new PodJob(spec.commandLine(), pod, output);
    return job.run(this);
  }

  @Override
  public JobEnd run(Cancellation cancellation) {
    BouncesPlan plan = pod.plan().bounces();
    job.report(plan.namespace(), "mailtransports", plan.name(), null);
    BounceCounts counts = new BounceCollection(pod.secrets(), spool, cancellation).collect(plan);
    String time = now();
    boolean cancelled = cancellation.isCancelled();
    return new JobEnd(
        cancelled ? ExitCode.CANCELLED : ExitCode.DONE,
        message(cancelled ? "Cancelled" : "Succeeded", sentence(plan.name(), counts), counts, time),
        Map.of("lastBouncesTime", time, "lastBounces", counts));
  }

  @Override
  public JobEnd failed(Failure failure) {
    return new JobEnd(
        failure.exitCode(), message(failure.reason(), failure.message(), null, now()), null);
  }

  private static String sentence(String transport, BounceCounts counts) {
    return String.format(
        Locale.ROOT,
        "Transport %s: %,d messages: %,d hard, %,d soft, %,d policy, %,d complaints, %,d ignored,"
            + " %,d repeated, %,d unknown; %,d addresses suppressed",
        transport,
        counts.read(),
        counts.hard(),
        counts.soft(),
        counts.policy(),
        counts.complaints(),
        counts.ignored(),
        counts.repeated(),
        counts.unknown(),
        counts.suppressed());
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static TerminationMessage message(
      String reason, String sentence, BounceCounts counts, String time) {
    return TerminationMessage.ofBounces(reason, sentence, counts, time);
  }
}
