package dev.lettershop.profile;

import java.util.List;
import java.util.Map;

/**
 * One person, as far as a rule or template needs to know.
 *
 * @param attributes typed as {@link ProfileSchema} says; absent values are absent keys
 * @param events newest first or in any order; only those that were asked for
 * @param models what models have computed, by the model's name; only those that were asked for
 */
public record Profile(
    Map<String, Object> attributes, List<Event> events, Map<String, ModelOutput> models) {
  public Profile {
    attributes = Map.copyOf(attributes);
    events = List.copyOf(events);
    models = Map.copyOf(models);
  }

  /** A profile about which no model has said anything. */
  public Profile(Map<String, Object> attributes, List<Event> events) {
    this(attributes, events, Map.of());
  }
}
