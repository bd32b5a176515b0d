package dev.lettershop.cli.run;

import dev.lettershop.api.v1alpha1.store.StoreSchemaStatus;
import dev.lettershop.cli.output.Failure;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.cli.pod.JobEnd;
import dev.lettershop.cli.pod.PodJob;
import dev.lettershop.cli.pod.PodOptions;
import dev.lettershop.cli.pod.PodWork;
import dev.lettershop.job.ExitCode;
import dev.lettershop.job.TerminationMessage;
import dev.lettershop.plan.RetentionPlan;
import dev.lettershop.store.retention.PruneReport;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.access.StoreOpening;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lettershop retention}: what is past its time in one store, in a Pod. */
@Command(
    name = "retention",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Forget what is past its time: what the Pods of a ProfileStore's CronJob do.",
      "The same as lettershop prune; needs no rights in the cluster."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the database failed; try again",
      "2:usage or configuration; trying again cannot help"
    })
public final class RetentionCommand implements Callable<Integer>, PodWork {
  @Spec private CommandSpec spec;
  @Mixin private PodOptions pod;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws Exception {
    return new PodJob(spec.commandLine(), pod).run(this);
  }

  @Override
  public JobEnd run(Cancellation cancellation) {
    RetentionPlan plan = pod.plan().retention();
    try (StoreOpening opening = StoreOpening.of(plan.store(), pod.secrets())) {
      opening.store().migrate(plan.store().schema());
      StoreSchemaStatus schema = opening.store().schemaState(plan.store().schema());
      PruneReport pruned = opening.store().pruning().apply(plan.store().retention(), false);
      return new JobEnd(
          ExitCode.DONE, message("Succeeded", sentence(plan.store().name(), pruned), schema), null);
    }
  }

  @Override
  public JobEnd failed(Failure failure) {
    return new JobEnd(failure.exitCode(), message(failure.reason(), failure.message(), null), null);
  }

  private static String sentence(String store, PruneReport pruned) {
    return String.format(
        Locale.ROOT,
        "Store %s: forgot %,d months of deliveries (%,d runs), %,d months of events, %,d other"
            + " events, %,d quarantined records and %,d days of opens and clicks; kept %,d months with runs that are not finished",
        store,
        pruned.deliveries().size(),
        pruned.runs(),
        pruned.events().size(),
        pruned.otherEvents(),
        pruned.quarantined(),
        pruned.hits().size(),
        pruned.kept().size());
  }

  private TerminationMessage message(String reason, String sentence, StoreSchemaStatus schema) {
    return TerminationMessage.ofRetention(
        reason, sentence, schema, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
