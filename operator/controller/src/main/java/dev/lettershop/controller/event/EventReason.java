package dev.lettershop.controller.event;

/** What can have happened. The names stand in the Events. */
public enum EventReason {
  CronJobUpdated,
  CronJobRestored,
  DeploymentCreated,
  DeploymentUpdated,
  CampaignSuspended,
  CampaignResumed,
  Invalid(true),
  Ready,
  NotReady(true),
  ReferenceNotFound(true),
  InternalError(true),
  Unreadable(true),
  UnknownFields(true),
  ApplyFailed(true),
  NameConflict(true),
  RunCreated,
  RunStarted,
  RunSuspended,
  RunResumed,
  RunSucceeded,
  RunFailed(true),
  RunSkipped(true),
  PodsNotStarting(true),
  PodFailed(true),
  RelayFailing(true),
  SyncSucceeded,
  SyncFailed(true),
  RefreshSucceeded,
  RefreshFailed(true),
  ScoringSucceeded,
  ScoringFailed(true),
  VersionRefused(true);

  private final boolean warning;

  EventReason() {
    this(false);
  }

  EventReason(boolean warning) {
    this.warning = warning;
  }

  /** {@code Warning}, or {@code Normal}. */
  public String type() {
    return warning ? "Warning" : "Normal";
  }
}
