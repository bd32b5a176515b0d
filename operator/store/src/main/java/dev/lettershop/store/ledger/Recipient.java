package dev.lettershop.store.ledger;

import dev.lettershop.profile.Profile;
import java.time.Duration;

/**
 * Somebody to mail now.
 *
 * @param variant name of the experiment's variant, or null without an experiment
 * @param attempts how often it was tried before, 0 the first time
 * @param email as it was given, trimmed
 * @param measured whether the recipient consents to having opens recorded
 * @param untilQuiet how long after the claim the recipient's quiet hours begin; null without them
 */
public record Recipient(
    long profileId,
    String variant,
    int attempts,
    String email,
    Profile profile,
    boolean measured,
    Duration untilQuiet) {

  /** Somebody without quiet hours, whose opens are not recorded. */
  public Recipient(long profileId, String variant, int attempts, String email, Profile profile) {
    this(profileId, variant, attempts, email, profile, false, null);
  }

  @Override
  public String toString() {
    return "Recipient[" + profileId + "]";
  }
}
