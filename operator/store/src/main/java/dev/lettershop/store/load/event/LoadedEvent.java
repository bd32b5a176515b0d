package dev.lettershop.store.load.event;

import java.time.Instant;
import java.util.Map;

/**
 * One row of a source that provides events.
 *
 * @param position where it stands in the source, for quarantine
 * @param id the sender's: the same person, name and id are the same event, of which the version
 *     that was read last counts; null to derive one from all the other values
 * @param identity value of the source's identity key
 * @param properties typed as the schema says where it declares them
 */
public record LoadedEvent(
    String position,
    String id,
    String identity,
    String name,
    Instant occurredAt,
    Map<String, Object> properties) {

  @Override
  public String toString() {
    return "LoadedEvent[" + position + "]";
  }
}
