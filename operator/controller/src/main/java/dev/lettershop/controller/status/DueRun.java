package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignLastRun;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.schedule.NextRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The run that comes after the newest one, late or not. */
public final class DueRun {
  private DueRun() {}

  /**
   * When a campaign's schedule was or is first due after the newest run began: a moment that is
   * past is one at which no run began. Empty as {@link NextRun#of(CampaignSpec, Instant)} is.
   *
   * @param newestFirst runs of the campaign
   * @param since when the present schedule took effect; nothing before it is made up for
   */
  public static Optional<Instant> since(
      Campaign campaign, List<CampaignRun> newestFirst, String since) {
    CampaignLastRun known = campaign.getStatus() == null ? null : campaign.getStatus().lastRun();
    Instant after =
        Stream.of(
                Stream.of(Moments.of(since)),
                newestFirst.stream().limit(1).map(CampaignStatusView::begun),
                Stream.ofNullable(known).map(run -> Moments.of(run.startTime())))
            .flatMap(moments -> moments)
            .max(Instant::compareTo)
            .orElseThrow();
    return after.equals(Instant.MIN) || campaign.getSpec() == null
        ? Optional.empty()
        : NextRun.of(campaign.getSpec(), after);
  }
}
