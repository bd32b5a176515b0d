package dev.lettershop.controller.campaignrun;

import dev.lettershop.api.v1alpha1.CampaignRunStatus;
import dev.lettershop.controller.status.Conditions;

/** Statuses of runs that change in their conditions only. */
final class RunStatuses {
  private RunStatuses() {}

  /**
   * @param before null when there is none
   * @param ended when the run ended, or null to leave that as it is
   */
  static CampaignRunStatus with(CampaignRunStatus before, Conditions judged, String ended) {
    if (before == null) {
      return new CampaignRunStatus(
          judged.generation(), judged.list(), null, null, ended, null, null, null, null);
    }
    return new CampaignRunStatus(
        judged.generation(),
        judged.list(),
        before.planHash(),
        before.startTime(),
        ended == null ? before.completionTime() : ended,
        before.audience(),
        before.deliveries(),
        before.variants(),
        before.shards());
  }
}
