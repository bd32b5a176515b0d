package dev.lettershop.worker.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.template.TemplatePreview;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.template.model.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** People, events and recommendations that there are none of. */
final class MadeUp {
  /** Address of every made-up person; reserved for such use (RFC 2606). */
  static final String EMAIL = "reader@example.com";

  private final ProfileSchema schema;
  private final Instant now;
  private final List<String> problems = new ArrayList<>();

  MadeUp(ProfileSchema schema, Instant now) {
    this.schema = schema;
    this.now = now;
  }

  /** Values that were left out, because they are of another type than their attribute. */
  List<String> problems() {
    return problems;
  }

  /** Somebody of whom nothing is known but the address. */
  SampleProfile unknown(Set<String> events) {
    Profile profile = profile(Map.of(), events);
    return new SampleProfile("nothing-known", profile, profile, Map.of(), recommendations(), EMAIL);
  }

  /** The person of a template's preview. */
  SampleProfile of(TemplatePreview preview, Set<String> events) {
    Map<String, Object> attributes = new HashMap<>();
    preview
        .profile()
        .forEach(
            (name, value) -> {
              AttributeDefinition attribute = schema.attributes().get(name);
              Object typed = attribute == null ? null : typed(attribute.type(), value);
              if (typed == null) {
                problems.add(
                    attribute == null
                        ? "preview " + preview.name() + ": the store has no attribute " + name
                        : "preview " + preview.name() + ": " + name + " is no " + attribute.type());
              } else {
                attributes.put(name, typed);
              }
            });
    Profile profile = profile(attributes, events);
    return new SampleProfile(
        preview.name(),
        profile,
        profile,
        preview.content(),
        recommendations(),
        profile.attributes().get("email").toString());
  }

  private Profile profile(Map<String, Object> given, Set<String> events) {
    Map<String, Object> attributes = new HashMap<>(given);
    attributes.putIfAbsent("id", "1");
    attributes.putIfAbsent("email", EMAIL);
    attributes.putIfAbsent("created_at", now.minus(Duration.ofDays(400)));
    attributes.putIfAbsent("updated_at", now.minus(Duration.ofDays(2)));
    return new Profile(attributes, events.stream().sorted().map(this::event).toList());
  }

  private Event event(String name) {
    EventDefinition definition = schema.events().get(name);
    Map<String, Object> properties = new HashMap<>();
    if (definition != null) {
      definition.properties().forEach((key, type) -> properties.put(key, example(key, type)));
    }
    return new Event(name, now.minus(Duration.ofHours(2)), properties);
  }

  private Object example(String name, AttributeType type) {
    return switch (type) {
      case String -> name;
      case Boolean -> true;
      case Integer -> 2L;
      case Double -> 49.9;
      case Timestamp -> now;
      case StringList -> List.of(name);
    };
  }

  /** Null when a value is not of the type. */
  private static Object typed(AttributeType type, JsonNode value) {
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
  static List<Recommendation> recommendations() {
    return List.of(
        recommendation(
            "trail-jacket", "Trail jacket", "Keeps the rain out and weighs nothing.", 129),
        recommendation("wool-socks", "Merino socks", "Warm when wet, and they stay up.", 19.5),
        recommendation("day-pack", "Day pack, 22 l", "For lunch, a map and a second sweater.", 79));
  }

  private static Recommendation recommendation(
      String id, String name, String description, double price) {
    return new Recommendation(
        id,
        name,
        description,
        "https://shop.example/p/" + id,
        "https://images.shop.example/" + id + ".jpg",
        price,
        "EUR");
  }
}
