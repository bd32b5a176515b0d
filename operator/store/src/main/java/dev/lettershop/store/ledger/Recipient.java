package dev.lettershop.store.ledger;

import dev.lettershop.profile.Profile;

/**
 * Somebody to mail now.
 *
 * @param variant name of the experiment's variant, or null without an experiment
 * @param attempts how often it was tried before, 0 the first time
 * @param email as it was given, trimmed
 */
public record Recipient(
    long profileId, String variant, int attempts, String email, Profile profile) {

  @Override
  public String toString() {
    return "Recipient[" + profileId + "]";
  }
}
