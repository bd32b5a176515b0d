package dev.lettershop.store.load.consent;

import dev.lettershop.store.consent.ConsentStatus;
import java.time.Instant;
import java.util.Map;

/**
 * One row of a source that provides consents.
 *
 * @param position where it stands in the source, for quarantine
 * @param identity value of the source's identity key
 * @param occurredAt when the person said so; the latest counts
 * @param evidence how it is known (form, wording, address…); kept as it is
 */
public record LoadedConsent(
    String position,
    String identity,
    String topic,
    ConsentStatus status,
    Instant occurredAt,
    Map<String, Object> evidence) {

  @Override
  public String toString() {
    return "LoadedConsent[" + position + "]";
  }
}
