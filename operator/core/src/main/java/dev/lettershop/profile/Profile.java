package dev.lettershop.profile;

import java.util.List;
import java.util.Map;

/**
 * One person, as far as a rule or template needs to know.
 *
 * @param attributes typed as {@link ProfileSchema} says; absent values are absent keys
 * @param events newest first or in any order; only those that were asked for
 */
public record Profile(Map<String, Object> attributes, List<Event> events) {
  public Profile {
    attributes = Map.copyOf(attributes);
    events = List.copyOf(events);
  }
}
