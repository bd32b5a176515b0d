package dev.lettershop.worker.execute;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.experiment.ExperimentStatus;
import dev.lettershop.api.v1alpha1.experiment.VariantCounts;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.run.DeliveryCounts;
import dev.lettershop.api.v1alpha1.run.RunAudience;
import dev.lettershop.store.Store;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunCounts;
import dev.lettershop.store.ledger.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The status of a CampaignRun, computed from the ledger's figures: a pure function. */
public final class RunStatus {
  private RunStatus() {}

  /** As the ledger has it now. */
  public static CampaignRunStatus of(Store store, Run run, Instant now) {
    return of(
        run,
        store.ledger().counts(run),
        store.experiments().find(run).map(ExperimentLook::status).orElse(null),
        now);
  }

  /**
   * @param experiment how the run's experiment stands; null for none
   */
  static CampaignRunStatus of(Run run, RunCounts counts, ExperimentStatus experiment, Instant now) {
    boolean dry = run.dryRun();
    Instant ended = run.completedAt();
    List<VariantCounts> variants =
        new TreeMap<>(counts.variants())
            .entrySet().stream()
                .map(
                    v ->
                        new VariantCounts(
                            v.getKey(),
                            dry ? 0L : v.getValue().getOrDefault(DeliveryState.Sent, 0L)))
                .toList();
    return new CampaignRunStatus(
        null,
        List.of(succeeded(run, counts, experiment, ended == null ? now : ended)),
        run.planHash(),
        run.createdAt().toString(),
        ended == null ? null : ended.toString(),
        new RunAudience(counts.selected(), new TreeMap<>(counts.skipped())),
        new DeliveryCounts(
            counts.selected(),
            dry ? 0L : counts.of(DeliveryState.Sent),
            counts.of(DeliveryState.Deferred),
            counts.of(DeliveryState.Failed),
            counts.of(DeliveryState.Uncertain)),
        variants,
        experiment,
        Map.of());
  }

  private static Condition succeeded(
      Run run, RunCounts counts, ExperimentStatus experiment, Instant since) {
    long failed = counts.of(DeliveryState.Failed);
    long uncertain = counts.of(DeliveryState.Uncertain);
    long sent = counts.of(DeliveryState.Sent);
    if (run.state() == RunState.Refused) {
      return condition(
          ConditionStatus.False,
          "TooManyRecipients",
          "The audience is larger than limits.maxRecipients; no mail was sent",
          since);
    }
    if (run.state() != RunState.Completed && experiment != null && experiment.holdsPeople()) {
      return condition(ConditionStatus.Unknown, "WaitingForDecision", experiment.message(), since);
    }
    if (run.state() != RunState.Completed) {
      return condition(
          ConditionStatus.Unknown,
          "Incomplete",
          "Not everybody has been reached; the same run name goes on where this ended",
          since);
    }
    if (run.dryRun()) {
      return condition(
          ConditionStatus.True, "DryRun", sent + " mails were rendered, none was sent", since);
    }
    String figures = sent + " sent, " + failed + " failed, " + uncertain + " uncertain";
    return failed > 0
        ? condition(ConditionStatus.False, "PartiallySent", figures, since)
        : condition(ConditionStatus.True, "Succeeded", figures, since);
  }

  private static Condition condition(
      ConditionStatus status, String reason, String message, Instant since) {
    return new Condition("Succeeded", status, reason, message, since.toString(), null);
  }
}
