package dev.lettershop.store.ledger;

import java.util.Locale;

/** What has become of one recipient of one run. {@link Transition} says what may follow what. */
public enum DeliveryState {
  /** To be mailed. */
  Planned,
  /** A worker has taken it, and not yet begun to send. */
  Claimed,
  /** About to be handed to the relay, or being handed over. */
  Sending,
  /** The relay has taken it. */
  Sent,
  /** Refused for good, or too often for the time being. */
  Failed,
  /** Refused for the time being: planned again for later. */
  Deferred,
  /** Not mailed, for a reason. */
  Skipped,
  /** Lost in the middle of sending: perhaps mailed, perhaps not. */
  Uncertain;

  /** As it stands in the ledger and in status, e.g. {@code sent}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static DeliveryState ofLabel(String label) {
    return valueOf(Character.toUpperCase(label.charAt(0)) + label.substring(1));
  }
}
