package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignLastRun;
import dev.lettershop.api.v1alpha1.campaign.CampaignStatus;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.run.DeliveryCounts;
import dev.lettershop.api.v1alpha1.run.RunAudience;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is known of a campaign, from its runs and what was judged of its spec. */
public final class CampaignStatusView {
  /** Reason of {@code LastRunSucceeded} before the first run has ended. */
  public static final String NO_RUNS = "NoRuns";

  /** Of a run that nobody has looked at yet. */
  private static final CampaignRunStatus UNSEEN =
      new CampaignRunStatus(null, null, null, null, null, null, null, null, null);

  private CampaignStatusView() {}

  /**
   * @param judged the campaign's conditions with {@code Ready} and {@code ResolvedRefs} settled
   * @param planHash {@code sha256:…}, or null when there is no plan
   * @param runs of the campaign, in any order; dry and test runs count for nothing
   * @param nextRunTime null when nothing is planned
   */
  public static CampaignStatus compute(
      Campaign campaign,
      Conditions judged,
      String planHash,
      Collection<CampaignRun> runs,
      Instant nextRunTime) {
    List<CampaignRun> newestFirst = newestFirst(runs);
    CampaignLastRun known = lastKnown(campaign);
    return new CampaignStatus(
        judged.generation(),
        withLastRun(judged, newestFirst, known).list(),
        planHash,
        nextRunTime == null ? null : Conditions.timestamp(nextRunTime),
        newestFirst.stream().findFirst().map(CampaignStatusView::lastRun).orElse(known),
        campaign.getStatus() == null ? null : campaign.getStatus().trigger());
  }

  /** The runs that mail the audience, the newest first: neither dry nor test runs. */
  public static List<CampaignRun> newestFirst(Collection<CampaignRun> runs) {
    return runs.stream()
        .filter(CampaignStatusView::isReal)
        .sorted(
            Comparator.comparing(CampaignStatusView::begun)
                .thenComparing(run -> run.getMetadata().getName())
                .reversed())
        .toList();
  }

  private static Conditions withLastRun(
      Conditions judged, List<CampaignRun> newestFirst, CampaignLastRun known) {
    Optional<CampaignRun> telling =
        newestFirst.stream()
            .limit(1)
            .filter(CampaignStatusView::isStuck)
            .findFirst()
            .or(
                () ->
                    newestFirst.stream()
                        .filter(run -> RunStatusView.ended(run.getStatus()))
                        .findFirst());
    if (telling.isPresent()) {
      Condition told = RunStatusView.succeeded(telling.get().getStatus()).orElseThrow();
      return judged.set(
          Conditions.LAST_RUN_SUCCEEDED,
          told.status(),
          told.reason(),
          telling.get().getMetadata().getName() + ": " + told.message());
    }
    boolean stays =
        newestFirst.isEmpty()
            && known != null
            && judged
                .get(Conditions.LAST_RUN_SUCCEEDED)
                .filter(c -> c.status() != ConditionStatus.Unknown)
                .isPresent();
    return stays
        ? judged
        : judged.set(
            Conditions.LAST_RUN_SUCCEEDED,
            ConditionStatus.Unknown,
            NO_RUNS,
            "No run has ended yet");
  }

  private static boolean isStuck(CampaignRun run) {
    return RunStatusView.succeeded(run.getStatus())
        .filter(c -> Obstacles.REASONS.contains(c.reason()))
        .isPresent();
  }

  /** Runs can be cleared away; what the last one that ended came to stays known. */
  private static CampaignLastRun lastKnown(Campaign campaign) {
    CampaignLastRun known = campaign.getStatus() == null ? null : campaign.getStatus().lastRun();
    return known == null || known.completionTime() == null ? null : known;
  }

  private static CampaignLastRun lastRun(CampaignRun run) {
    CampaignRunStatus status = Optional.ofNullable(run.getStatus()).orElse(UNSEEN);
    Optional<DeliveryCounts> deliveries = Optional.ofNullable(status.deliveries());
    return new CampaignLastRun(
        run.getMetadata().getName(),
        status.startTime(),
        status.completionTime(),
        RunStatusView.succeeded(status).map(Condition::reason).orElse(null),
        Optional.ofNullable(status.audience()).map(RunAudience::selected).orElse(null),
        deliveries.map(DeliveryCounts::sent).orElse(null),
        deliveries.map(DeliveryCounts::failed).orElse(null),
        deliveries.map(DeliveryCounts::deferred).orElse(null),
        deliveries.map(DeliveryCounts::uncertain).orElse(null),
        status.variants());
  }

  private static boolean isReal(CampaignRun run) {
    return run.getSpec() == null
        || !run.getSpec().dryRun() && run.getSpec().testRecipients().isEmpty();
  }

  /** A run that waits for its Job is as new as its resource. */
  static Instant begun(CampaignRun run) {
    String start = run.getStatus() == null ? null : run.getStatus().startTime();
    return Moments.of(start == null ? run.getMetadata().getCreationTimestamp() : start);
  }
}
