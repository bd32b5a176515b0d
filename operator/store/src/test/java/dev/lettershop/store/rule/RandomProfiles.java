package dev.lettershop.store.rule;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.ModelOutput;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Schemas and profiles at random, many values missing. */
public final class RandomProfiles {
  private RandomProfiles() {}

  /**
   * A profile in both forms.
   *
   * @param json of each event, which may hold values of other types than declared
   */
  public record Stored(Profile inMemory, List<String> json) {}

  public static ProfileSchema schema(Random random) {
    List<Attribute> attributes = new ArrayList<>();
    List<EventType> events = new ArrayList<>();
    for (AttributeType type : AttributeType.values()) {
      for (int i = random.nextInt(3); i > 0; i--) {
        attributes.add(new Attribute("a" + attributes.size(), type, false));
      }
    }
    for (int e = random.nextInt(3); e >= 0; e--) {
      List<EventProperty> properties = new ArrayList<>();
      for (AttributeType type : AttributeType.values()) {
        if (random.nextInt(3) > 0) {
          properties.add(new EventProperty("p" + properties.size(), type));
        }
      }
      events.add(new EventType("event_" + e, properties));
    }
    return ProfileSchema.of(attributes, events);
  }

  public static List<Stored> profiles(Random random, ProfileSchema schema, int count) {
    List<Stored> profiles = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      profiles.add(profile(random, schema, i));
    }
    return profiles;
  }

  private static final List<String> VERDICTS = List.of("Human", "Proxy", "Scanner");

  /** One profile and its events. */
  public static Stored profile(Random random, ProfileSchema schema, int id) {
    Map<String, Object> attributes = new HashMap<>();
    for (AttributeDefinition attribute : schema.attributes().values()) {
      boolean kept = attribute.name().endsWith("ated_at");
      if (kept || random.nextInt(4) > 0) {
        attributes.put(attribute.name(), RandomValues.attribute(random, attribute.type()));
      }
    }
    attributes.put("id", Integer.toString(id));
    if (random.nextInt(3) > 0) {
      attributes.put("time_zone", RandomValues.zone(random));
    }
    List<Event> events = new ArrayList<>();
    List<String> json = new ArrayList<>();
    for (EventDefinition definition : schema.allEvents()) {
      for (int i = random.nextInt(4); i > 0; i--) {
        Map<String, Object> properties = new LinkedHashMap<>();
        json.add(properties(random, definition, properties));
        events.add(new Event(definition.name(), RandomValues.moment(random), properties));
      }
    }
    return new Stored(new Profile(attributes, events, models(random)), json);
  }

  private static Map<String, ModelOutput> models(Random random) {
    Map<String, ModelOutput> models = new HashMap<>();
    for (String model : List.of("churn", "customers")) {
      if (random.nextInt(4) > 0) {
        Double score =
            random.nextInt(4) == 0
                ? null
                : (Double) RandomValues.attribute(random, AttributeType.Double);
        models.put(
            model,
            new ModelOutput(score, random.nextInt(4) == 0 ? null : RandomValues.text(random)));
      }
    }
    return models;
  }

  /** Fills what memory sees, and returns what the database holds. */
  private static String properties(
      Random random, EventDefinition definition, Map<String, Object> inMemory) {
    List<String> members = new ArrayList<>();
    definition
        .properties()
        .forEach(
            (name, type) -> {
              int kind = random.nextInt(8);
              if (kind == 0) {
                return;
              }
              Object value =
                  name.equals("verdict")
                      ? VERDICTS.get(random.nextInt(VERDICTS.size()))
                      : RandomValues.value(random, type);
              if (kind > 1) {
                inMemory.put(name, value);
                members.add(text(name) + ": " + json(value));
              } else {
                members.add(text(name) + ": " + otherThan(random, type));
              }
            });
    return "{" + String.join(", ", members) + "}";
  }

  /** JSON that no property of the type may hold. */
  private static String otherThan(Random random, AttributeType type) {
    List<String> others =
        switch (type) {
          case String -> List.of("null", "1", "{}", "[\"a\"]", "true");
          case Boolean -> List.of("null", "\"true\"", "1");
          case Integer -> List.of("null", "\"1\"", "1.5", "1e400", "12345678901234567890", "[1]");
          case Double -> List.of("null", "\"1.5\"", "1e400", "-1e400", "1e-400", "{\"a\": 1}");
          case Timestamp ->
              List.of(
                  "null",
                  "\"\"",
                  "1",
                  "\"2026-02-29T00:00:00Z\"",
                  "\"2026-11-02\"",
                  "\"2026-11-31T00:00:00Z\"",
                  "\"2026-11-02T25:00:00Z\"",
                  "\"now\"",
                  "\"infinity\"",
                  "\"0000-01-01T00:00:00Z\"");
          case StringList ->
              List.of("null", "\"a\"", "{\"a\": 1}", "1", "[1]", "[\"a\", null]", "[[\"a\"]]");
        };
    return others.get(random.nextInt(others.size()));
  }

  private static String json(Object value) {
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(RandomProfiles::json).toList()) + "]";
    }
    return value instanceof String || value instanceof Instant
        ? text(value.toString())
        : value.toString();
  }

  private static String text(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
