package dev.lettershop.store.ledger;

/** Why somebody is not mailed. */
public enum SkipReason {
  /** A member of a segment that the audience excludes. */
  Excluded,
  /** No address, or one that no mail can be sent to. */
  NoAddress,
  /** The topic's opt-in rule is not met. */
  NoConsent,
  /** The address or its domain is suppressed. */
  Suppressed,
  /** The address's owner wants no mail for a while. */
  Paused,
  /** Has had as much mail from all campaigns together as the campaign's frequency cap allows. */
  FrequencyCap,
  /** Another profile of the audience has the same address. */
  DuplicateAddress,
  /** In the group that no campaign mails. */
  ControlGroup,
  /** In the hold-out group of the campaign. */
  Holdout,
  /** Waited for an experiment that found no winner, and its campaign mails nobody then. */
  NoWinner,
  /** Erased or merged since the audience was decided. */
  ProfileGone,
  /**
   * In none of the included segments: counted, without a row in the ledger unless something that
   * the person did triggered it.
   */
  NotInAudience,
  /** Triggered, and what the trigger's condition asks for did not hold. */
  NotMatching,
  /** Triggered, and then did what makes the mail needless. */
  Cancelled,
  /** Triggered, and has had the mail as often lately as the trigger allows. */
  Reentry,
  /** Triggered, and did the same again before the mail was due. */
  Restarted,
  /** Triggered, and not reached before the starting deadline. */
  Late,
  /** Triggered, and whether it was cancelled was not known before the starting deadline. */
  Stale;

  /** As it stands in status and in the ledger, e.g. {@code noConsent}. */
  public String key() {
    return Character.toLowerCase(name().charAt(0)) + name().substring(1);
  }
}
