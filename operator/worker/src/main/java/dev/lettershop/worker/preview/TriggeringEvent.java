package dev.lettershop.worker.preview;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.template.PreviewEvent;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.resource.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The event about which a triggered mail is: of its name, the mail shows that one alone. */
final class TriggeringEvent {
  private TriggeringEvent() {}

  /**
   * What somebody wrote into a file.
   *
   * @throws IllegalArgumentException saying what the store does not declare, or of another type
   */
  static Event of(PreviewEvent given, ProfileSchema schema, Instant now) {
    EventDefinition definition = schema.events().get(given.name());
    if (definition == null) {
      throw new IllegalArgumentException(
          "the store declares no event "
              + given.name()
              + "; "
              + DidYouMean.fix(given.name(), schema.events().keySet()));
    }
    Map<String, Object> properties = new HashMap<>();
    given
        .properties()
        .forEach(
            (name, value) -> {
              AttributeType type = definition.properties().get(name);
              if (type == null) {
                throw new IllegalArgumentException(
                    "the event " + given.name() + " has no property " + name);
              }
              Object typed = SyntheticProfiles.typed(type, value);
              if (typed == null) {
                throw new IllegalArgumentException(
                    "the property " + name + " is not of type " + type);
              }
              properties.put(name, typed);
            });
    Duration ago = given.ago() == null ? Duration.ZERO : DurationText.parse(given.ago());
    return new Event(given.name(), now.minus(ago), properties);
  }

  /** The newest of a name, if there is any. */
  static Optional<Event> newest(Profile profile, String name) {
    return profile.events().stream()
        .filter(event -> event.name().equals(name))
        .max((one, other) -> one.occurredAt().compareTo(other.occurredAt()));
  }

  /** The same person, who has done this, and nothing else of the name. */
  static Profile only(Profile profile, Event event) {
    List<Event> events = new ArrayList<>(List.of(event));
    profile.events().stream()
        .filter(other -> !other.name().equals(event.name()))
        .forEach(events::add);
    return new Profile(profile.attributes(), events, profile.models());
  }
}
