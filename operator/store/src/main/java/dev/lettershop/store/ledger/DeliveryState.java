package dev.lettershop.store.ledger;

/** What has become of one recipient of one run. */
public enum DeliveryState {
  Planned,
  Claimed,
  Sending,
  Sent,
  Failed,
  Deferred,
  Skipped,
  Uncertain
}
