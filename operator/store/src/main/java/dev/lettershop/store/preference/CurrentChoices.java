package dev.lettershop.store.preference;

import dev.lettershop.store.consent.ConsentStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What a person has chosen up to now.
 *
 * @param profileId of the person now; another one than a link names when profiles were merged
 * @param address as it was given, or null without one
 * @param locale of the profile, or null
 * @param about topics of the mail that the link was in; empty when nobody knows them any more
 * @param consents what counts now, by topic; topics about which nothing was said are absent
 * @param pausedUntil end of a pause that has not ended yet, or null
 */
public record CurrentChoices(
    long profileId,
    String address,
    String locale,
    Set<String> about,
    Map<String, ConsentStatus> consents,
    Instant pausedUntil) {
  public CurrentChoices {
    about = Set.copyOf(about);
    consents = Map.copyOf(consents);
  }

  /** Without the address: that is personal. */
  @Override
  public String toString() {
    return "Chosen[" + profileId + "]";
  }
}
