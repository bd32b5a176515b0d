package dev.lettershop.profile;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened to a profile.
 *
 * @param properties typed as {@link ProfileSchema} says; absent values are absent keys
 */
public record Event(String name, Instant occurredAt, Map<String, Object> properties) {
  public Event {
    properties = Map.copyOf(properties);
  }
}
