package dev.lettershop.store.consent;

/** What a person said about being mailed on a topic. */
public enum ConsentStatus {
  /** Yes; for a topic with double opt-in: confirmed. */
  Granted,
  /** Asked for, and not confirmed yet. */
  Pending,
  /** No, when asked. */
  Denied,
  /** Yes once, and no longer. */
  Withdrawn
}
