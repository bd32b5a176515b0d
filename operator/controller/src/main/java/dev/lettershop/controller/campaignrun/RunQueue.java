package dev.lettershop.controller.campaignrun;

import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.controller.status.RunStatusView;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * Runs of one campaign go one after the other, the oldest first. Dry runs and tests mail nobody of
 * the audience: they neither wait nor are waited for. Pure.
 */
final class RunQueue {
  private static final Comparator<CampaignRun> OLDEST_FIRST =
      Comparator.comparing((CampaignRun run) -> run.getMetadata().getCreationTimestamp())
          .thenComparing(run -> run.getMetadata().getName());

  private static final Set<String> HINDERED =
      Set.of("CampaignNotFound", "InvalidCampaign", "NameConflict", "Refused");

  private RunQueue() {}

  /**
   * Name of the run that has to end first.
   *
   * @param others the runs of the same campaign; the run itself may be among them
   */
  static Optional<String> waitsFor(CampaignRun run, Collection<CampaignRun> others) {
    if (!mails(run)) {
      return Optional.empty();
    }
    return others.stream()
        .filter(RunQueue::mails)
        .filter(other -> !RunStatusView.ended(other.getStatus()))
        .filter(other -> !isHindered(other))
        .filter(other -> OLDEST_FIRST.compare(other, run) < 0)
        .min(OLDEST_FIRST)
        .map(other -> other.getMetadata().getName());
  }

  private static boolean mails(CampaignRun run) {
    return run.getSpec() != null
        && !run.getSpec().dryRun()
        && run.getSpec().testRecipients().isEmpty();
  }

  /** Whether it cannot begin and may never: nobody should wait for that. */
  private static boolean isHindered(CampaignRun run) {
    return RunStatusView.succeeded(run.getStatus())
        .filter(condition -> HINDERED.contains(condition.reason()))
        .isPresent();
  }
}
