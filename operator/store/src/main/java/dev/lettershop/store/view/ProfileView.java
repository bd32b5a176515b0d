package dev.lettershop.store.view;

import dev.lettershop.profile.ProfileSchema;
import java.util.Set;

/**
 * How much of a profile a claim brings along.
 *
 * @param attributes names of those asked for
 * @param events names of those asked for; of each profile at most the newest {@value #MAX_EVENTS}
 * @param models names of those asked for, to bring what they have computed
 * @param recommendations null for none
 */
public record ProfileView(
    ProfileSchema schema,
    Set<String> attributes,
    Set<String> events,
    Set<String> models,
    RecommendationView recommendations) {

  /** Bounds what one recipient costs in memory. */
  public static final int MAX_EVENTS = 1000;

  public ProfileView {
    attributes = Set.copyOf(attributes);
    events = Set.copyOf(events);
    models = Set.copyOf(models);
  }

  /** A view without recommendations. */
  public ProfileView(
      ProfileSchema schema, Set<String> attributes, Set<String> events, Set<String> models) {
    this(schema, attributes, events, models, null);
  }

  /** A view without what models have computed. */
  public ProfileView(ProfileSchema schema, Set<String> attributes, Set<String> events) {
    this(schema, attributes, events, Set.of());
  }
}
