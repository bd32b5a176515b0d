package dev.lettershop.store.ledger;

import java.time.Duration;

/**
 * What became of one recipient.
 *
 * @param state one that {@link Transition#Record} leads to: Sent, Failed, Deferred, Uncertain or
 *     Skipped
 * @param code short and without personal data, e.g. {@code 451 4.7.1} or {@code render}; null when
 *     there is nothing to say. For Skipped it is the reason
 * @param retryAfter for Deferred: how long to wait, by the database's clock; null otherwise
 * @param reason for Failed and Skipped: a word for why, e.g. {@code addressRejected}; may be null
 */
public record Outcome(
    long profileId, DeliveryState state, String code, Duration retryAfter, String reason) {

  public Outcome {
    if (!Transition.Record.reaches(state)) {
      throw new IllegalArgumentException("Nothing ends as " + state);
    }
  }

  /** Why somebody failed whom a repetition would not reach either. */
  public static final String ADDRESS_REJECTED = "addressRejected";

  public static Outcome sent(long profileId) {
    return new Outcome(profileId, DeliveryState.Sent, null, null, null);
  }

  public static Outcome failed(long profileId, String code) {
    return failed(profileId, code, null);
  }

  public static Outcome failed(long profileId, String code, String reason) {
    return new Outcome(profileId, DeliveryState.Failed, code, null, reason);
  }

  public static Outcome deferred(long profileId, String code, Duration retryAfter) {
    return new Outcome(profileId, DeliveryState.Deferred, code, retryAfter, null);
  }

  public static Outcome uncertain(long profileId, String code) {
    return new Outcome(profileId, DeliveryState.Uncertain, code, null, null);
  }

  public static Outcome skipped(long profileId, String reason) {
    return new Outcome(profileId, DeliveryState.Skipped, reason, null, reason);
  }
}
