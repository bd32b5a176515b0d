package dev.lettershop.store.ledger;

import dev.lettershop.profile.Event;
import dev.lettershop.profile.Product;
import dev.lettershop.profile.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Somebody to mail now.
 *
 * @param variant name of the experiment's variant, or null without an experiment
 * @param attempts how often it was tried before, 0 the first time
 * @param email as it was given, trimmed
 * @param measured whether the recipient consents to having opens recorded
 * @param untilQuiet how long after the claim the recipient's quiet hours begin; null without them
 * @param cause what triggered the mail; null where the run has an audience
 * @param recommended products that the catalogue has now, the best first; empty where none are
 *     wanted
 */
public record Recipient(
    long profileId,
    String variant,
    int attempts,
    String email,
    Profile profile,
    boolean measured,
    Duration untilQuiet,
    Cause cause,
    List<Product> recommended) {

  public Recipient {
    recommended = List.copyOf(recommended);
  }

  /**
   * What triggered a mail.
   *
   * @param event as it was when it was stored first; null where entering a segment triggered
   * @param decidedAt when it was decided that the mail goes out
   */
  public record Cause(Event event, Instant decidedAt) {}

  /** Somebody without quiet hours, whose opens are not recorded. */
  public Recipient(long profileId, String variant, int attempts, String email, Profile profile) {
    this(profileId, variant, attempts, email, profile, false, null, null, List.of());
  }

  @Override
  public String toString() {
    return "Recipient[" + profileId + "]";
  }
}
