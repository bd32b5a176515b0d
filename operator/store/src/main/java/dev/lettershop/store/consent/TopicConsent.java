package dev.lettershop.store.consent;

import dev.lettershop.api.v1alpha1.store.OptIn;
import java.time.Instant;

/**
 * What counts about one topic for one profile.
 *
 * @param status the profile's own latest statement; null when it never said anything
 * @param saidAt when that was said, or null
 * @param refusedBy another profile that has refused for the same address, the latest one; or null
 * @param refusedAt when that one refused, or null
 */
public record TopicConsent(
    String topic, ConsentStatus status, Instant saidAt, Long refusedBy, Instant refusedAt) {

  /**
   * Whether the refusal of another profile counts: the profile has not granted its consent since.
   */
  public boolean isRefusedByOther() {
    return refusedAt != null && (status != ConsentStatus.Granted || !saidAt.isAfter(refusedAt));
  }

  /** Whether no mail may go whatever opt-in the topic asks for. */
  public boolean isRefused() {
    return status == ConsentStatus.Denied
        || status == ConsentStatus.Withdrawn
        || isRefusedByOther();
  }

  /** Whether mail on the topic is allowed, as far as consent goes. */
  public boolean allows(OptIn optIn) {
    return !isRefused() && (optIn == OptIn.Implied || status == ConsentStatus.Granted);
  }
}
