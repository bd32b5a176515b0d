package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.CampaignRunStatus;
import java.time.Instant;

/** What became of a run, from its Job, its Pods and what its workers report. */
public final class RunStatusView {
  private RunStatusView() {}

  /** The status to write. A run that has ended keeps the status that it ended with. */
  public static CampaignRunStatus compute(ObservedRun observed, Instant now) {
    return observed.run().getStatus();
  }

  /** Whether the status says that the run has ended. */
  public static boolean ended(CampaignRunStatus status) {
    return false;
  }
}
