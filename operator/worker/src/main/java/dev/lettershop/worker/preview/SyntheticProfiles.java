package dev.lettershop.worker.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.template.PreviewEvent;
import dev.lettershop.api.v1alpha1.template.PreviewRecommendation;
import dev.lettershop.api.v1alpha1.template.TemplatePreview;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.resource.DurationText;
import dev.lettershop.template.model.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** People, events and recommendations that there are none of. */
final class SyntheticProfiles {
  /** Address of every made-up person; reserved for such use (RFC 2606). */
  static final String EMAIL = "reader@example.com";

  /** How long ago made-up events are. */
  private static final Duration AGO = Duration.ofHours(2);

  private final ProfileSchema schema;
  private final Instant now;
  private final List<String> problems = new ArrayList<>();

  SyntheticProfiles(ProfileSchema schema, Instant now) {
    this.schema = schema;
    this.now = now;
  }

  /** Values that were left out, because they are of another type than their attribute. */
  List<String> problems() {
    return problems;
  }

  /** Somebody of whom nothing is known but the address. */
  SampleProfile unknown(Set<String> events) {
    Profile profile = profile(Map.of(), events.stream().sorted().map(this::event).toList());
    return new SampleProfile(
        "nothing-known", profile, profile, Map.of(), recommendations(), EMAIL, now);
  }

  /**
   * The person of a template's preview.
   *
   * @param asked events that the mail asks for
   */
  SampleProfile of(TemplatePreview preview, Set<String> asked) {
    Map<String, Object> attributes = attributes(preview);
    if (preview.locale() != null) {
      attributes.put("locale", preview.locale());
    }
    List<Event> events = new ArrayList<>();
    for (PreviewEvent event : preview.events()) {
      events.add(event(preview, event));
    }
    Set<String> given =
        preview.events().stream().map(PreviewEvent::name).collect(Collectors.toSet());
    asked.stream()
        .sorted()
        .filter(name -> !given.contains(name))
        .map(this::event)
        .forEach(events::add);
    Profile profile = profile(attributes, events);
    return new SampleProfile(
        preview.name(),
        profile,
        profile,
        preview.content(),
        preview.recommendations().isEmpty()
            ? recommendations()
            : preview.recommendations().stream().map(SyntheticProfiles::recommendation).toList(),
        profile.attributes().get("email").toString(),
        now);
  }

  private Map<String, Object> attributes(TemplatePreview preview) {
    Map<String, Object> attributes = new HashMap<>();
    preview
        .profile()
        .forEach(
            (name, value) -> {
              AttributeDefinition attribute = schema.attributes().get(name);
              if (attribute == null) {
                problem(preview, "the store has no attribute " + name);
              } else {
                put(preview, attributes, name, attribute.type(), value);
              }
            });
    return attributes;
  }

  private void put(
      TemplatePreview preview,
      Map<String, Object> values,
      String name,
      AttributeType type,
      JsonNode value) {
    Object typed = typed(type, value);
    if (typed == null) {
      problem(preview, name + " is not of type " + type);
    } else {
      values.put(name, typed);
    }
  }

  private void problem(TemplatePreview preview, String message) {
    problems.add("preview " + preview.name() + ": " + message);
  }

  private Event event(TemplatePreview preview, PreviewEvent given) {
    EventDefinition definition = schema.events().get(given.name());
    if (definition == null) {
      problem(preview, "the store has no event " + given.name());
    }
    Duration ago = given.ago() == null ? AGO : DurationText.parse(given.ago());
    Event made = event(given.name(), ago);
    Map<String, Object> properties = new HashMap<>(made.properties());
    given
        .properties()
        .forEach(
            (name, value) -> {
              AttributeType type = definition == null ? null : definition.properties().get(name);
              if (type != null) {
                put(preview, properties, name, type, value);
              } else if (definition != null) {
                problem(preview, "event " + given.name() + " has no property " + name);
              }
            });
    return new Event(given.name(), made.occurredAt(), properties);
  }

  private Profile profile(Map<String, Object> given, List<Event> events) {
    Map<String, Object> attributes = new HashMap<>(given);
    attributes.putIfAbsent("id", "1");
    attributes.putIfAbsent("email", EMAIL);
    attributes.putIfAbsent("created_at", now.minus(Duration.ofDays(400)));
    attributes.putIfAbsent("updated_at", now.minus(Duration.ofDays(2)));
    return new Profile(attributes, events);
  }

  private Event event(String name) {
    return event(name, AGO);
  }

  private Event event(String name, Duration ago) {
    EventDefinition definition = schema.events().get(name);
    Map<String, Object> properties = new HashMap<>();
    if (definition != null) {
      ExampleValues examples = new ExampleValues(now);
      definition.properties().forEach((key, type) -> properties.put(key, examples.of(key, type)));
    }
    return new Event(name, now.minus(ago), properties);
  }

  /** Null when a value is not of the type. */
  static Object typed(AttributeType type, JsonNode value) {
    return switch (type) {
      case String -> value.isValueNode() && !value.isNull() ? value.asText() : null;
      case Boolean -> value.isBoolean() ? value.booleanValue() : null;
      case Integer -> value.isIntegralNumber() ? value.longValue() : null;
      case Double -> value.isNumber() ? value.doubleValue() : null;
      case Timestamp -> timestamp(value.asText());
      case StringList -> list(value);
    };
  }

  private static Instant timestamp(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static List<String> list(JsonNode value) {
    if (!value.isArray()) {
      return null;
    }
    List<String> list = new ArrayList<>();
    value.forEach(item -> list.add(item.asText()));
    return list;
  }

  /** Three products, so that a list of recommendations shows how it looks. */
  private static List<Recommendation> recommendations() {
    return List.of(
        product("trail-jacket", "Trail jacket", "Keeps the rain out and weighs nothing.", 129),
        product("wool-socks", "Merino socks", "Warm when wet, and they stay up.", 19.5),
        product("day-pack", "Day pack, 22 l", "For lunch, a map and a second sweater.", 79));
  }

  private static Recommendation product(String id, String name, String description, double price) {
    return new Recommendation(
        id,
        name,
        description,
        "https://shop.example/p/" + id,
        "https://images.shop.example/" + id + ".jpg",
        price,
        "EUR");
  }

  private static Recommendation recommendation(PreviewRecommendation given) {
    return new Recommendation(
        given.id(),
        given.name(),
        given.description(),
        given.url(),
        given.imageUrl(),
        given.price(),
        given.currency());
  }
}
