package dev.lettershop.store.ledger;

import java.time.Duration;

/**
 * What became of one recipient.
 *
 * @param state Sent, Failed, Deferred, Uncertain or Skipped
 * @param code short and without personal data, e.g. {@code 451 4.7.1} or {@code render}; null when
 *     there is nothing to say. For Skipped it is the reason
 * @param retryAfter for Deferred: how long to wait, by the database's clock; null otherwise
 */
public record Outcome(long profileId, DeliveryState state, String code, Duration retryAfter) {

  public static Outcome sent(long profileId) {
    return new Outcome(profileId, DeliveryState.Sent, null, null);
  }

  public static Outcome failed(long profileId, String code) {
    return new Outcome(profileId, DeliveryState.Failed, code, null);
  }

  public static Outcome deferred(long profileId, String code, Duration retryAfter) {
    return new Outcome(profileId, DeliveryState.Deferred, code, retryAfter);
  }

  public static Outcome uncertain(long profileId, String code) {
    return new Outcome(profileId, DeliveryState.Uncertain, code, null);
  }

  public static Outcome skipped(long profileId, String reason) {
    return new Outcome(profileId, DeliveryState.Skipped, reason, null);
  }
}
