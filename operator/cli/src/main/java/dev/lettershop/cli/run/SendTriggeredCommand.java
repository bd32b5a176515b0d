package dev.lettershop.cli.run;

import dev.lettershop.api.v1alpha1.campaign.TriggerStatus;
import dev.lettershop.cli.output.Failure;
import dev.lettershop.cli.output.RunConsole;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.cli.pod.JobEnd;
import dev.lettershop.cli.pod.PodJob;
import dev.lettershop.cli.pod.PodOptions;
import dev.lettershop.cli.pod.PodWork;
import dev.lettershop.cli.pod.Probes;
import dev.lettershop.cli.pod.SchemaStatusReport;
import dev.lettershop.job.ExitCode;
import dev.lettershop.job.TerminationMessage;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.execute.TriggerExecution;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop send-triggered}: sends a triggered campaign, in a Pod, until it is stopped. */
@Command(
    name = "send-triggered",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Send a triggered campaign until stopped: what the Pods of its Deployment do.",
      "One process at a time decides who is mailed; all of them send. SIGTERM ends the command in"
          + " order; what it has not handed over, the others send."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:stopped",
      "1:the database failed at the start; try again",
      "2:usage or configuration; trying again cannot help"
    })
public final class SendTriggeredCommand implements Callable<Integer>, PodWork {
  @Spec private CommandSpec spec;
  @Mixin private PodOptions pod;

  @Option(
      names = "--probe-port",
      paramLabel = "PORT",
      defaultValue = "" + WorkerPlaces.PROBE_PORT,
      description = {
        "Answers GET /live and /ready here; ready while the database answers. 0 for any free port,"
            + " -1 for none. Default: ${DEFAULT-VALUE}."
      })
  private int probePort;

  private final Clock clock = Clock.systemUTC();
  private PodJob job;
  private String planHash;

  @Override
  public Integer call() throws Exception {
    job = new PodJob(spec.commandLine(), pod);
    return job.run(this);
  }

  @Override
  public JobEnd run(Cancellation cancellation) {
    PlanDocument document = pod.plan().campaign();
    planHash = document.hash();
    String namespace = document.plan().namespace();
    TriggerExecution execution =
        new TriggerExecution(
            document,
            pod.secrets(),
            clock,
            new SchemaStatusReport(RunConsole.on(spec.commandLine()), job, namespace),
            cancellation,
            SendCommand.owner());
    job.report(
        namespace, "campaigns", document.plan().campaign(), () -> status(execution.status()));
    try (Probes probes = Probes.open(probePort, execution::isReady)) {
      execution.run();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot listen on port " + probePort, e);
    }
    return new JobEnd(
        ExitCode.DONE,
        message("Stopped", "Stopped; others go on, or the next one does"),
        status(execution.status()));
  }

  private static Map<String, ?> status(TriggerStatus status) {
    return status == null ? Map.of() : Map.of("trigger", status);
  }

  @Override
  public JobEnd failed(Failure failure) {
    return new JobEnd(failure.exitCode(), message(failure.reason(), failure.message()), null);
  }

  private TerminationMessage message(String reason, String sentence) {
    return new TerminationMessage(
        reason,
        sentence,
        planHash,
        null,
        null,
        null,
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
