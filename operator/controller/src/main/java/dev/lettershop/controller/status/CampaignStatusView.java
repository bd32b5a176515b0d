package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.Campaign;
import dev.lettershop.api.v1alpha1.CampaignRun;
import dev.lettershop.api.v1alpha1.CampaignStatus;
import java.time.Instant;
import java.util.Collection;

/** What is known of a campaign, from its runs and what was judged of its spec. */
public final class CampaignStatusView {
  private CampaignStatusView() {}

  /**
   * @param judged the campaign's conditions with {@code Ready} and {@code ResolvedRefs} settled
   * @param planHash {@code sha256:…}, or null when there is no plan
   * @param runs of the campaign, in any order
   * @param nextRunTime null when nothing is planned
   */
  public static CampaignStatus compute(
      Campaign campaign,
      Conditions judged,
      String planHash,
      Collection<CampaignRun> runs,
      Instant nextRunTime) {
    return new CampaignStatus(
        judged.generation(),
        judged.list(),
        planHash,
        nextRunTime == null ? null : Conditions.timestamp(nextRunTime),
        null);
  }
}
