package dev.lettershop.store.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.api.v1alpha1.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads an event's properties in the types that the schema declares. A property that is not
 * declared, or does not have its type, is absent.
 */
final class EventProperties {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ProfileSchema schema;

  EventProperties(ProfileSchema schema) {
    this.schema = schema;
  }

  Map<String, Object> read(String event, String json) {
    EventDefinition definition = schema.events().get(event);
    if (json == null || definition == null) {
      return Map.of();
    }
    JsonNode object = parse(json);
    Map<String, Object> values = new HashMap<>();
    definition
        .properties()
        .forEach(
            (name, type) -> {
              Object value = value(type, object.path(name));
              if (value != null) {
                values.put(name, value);
              }
            });
    return values;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL gave a jsonb value that is no JSON", e);
    }
  }

  private static Object value(AttributeType type, JsonNode node) {
    return switch (type) {
      case String -> node.isTextual() ? node.textValue() : null;
      case Boolean -> node.isBoolean() ? node.booleanValue() : null;
      case Integer -> node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : null;
      case Double -> node.isNumber() ? node.doubleValue() : null;
      case Timestamp -> node.isTextual() ? instant(node.textValue()) : null;
      case StringList -> node.isArray() ? strings(node) : null;
    };
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static List<String> strings(JsonNode array) {
    List<String> values = new ArrayList<>();
    for (JsonNode element : array) {
      if (!element.isTextual()) {
        return null;
      }
      values.add(element.textValue());
    }
    return List.copyOf(values);
  }
}
