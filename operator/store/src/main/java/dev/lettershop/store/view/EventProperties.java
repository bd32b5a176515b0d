package dev.lettershop.store.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.rule.ast.Limits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads an event's properties in the types that the schema declares. A property that is not
 * declared, or does not have its type, is absent; so it is where rules are SQL, and by the same
 * measures.
 */
public final class EventProperties {

  private static final JsonMapper JSON =
      JsonMappers.PLAIN.rebuild().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Pattern MOMENT =
      Pattern.compile(
          "(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}"
              + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z");

  private final ProfileSchema schema;

  public EventProperties(ProfileSchema schema) {
    this.schema = schema;
  }

  /**
   * The properties of one event.
   *
   * @param json null for none
   */
  public Map<String, Object> read(String event, String json) {
    EventDefinition definition = schema.event(event);
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
      throw new IllegalStateException("PostgreSQL gave a jsonb value that is not JSON", e);
    }
  }

  private static Object value(AttributeType type, JsonNode node) {
    return switch (type) {
      case String -> node.isTextual() ? node.textValue() : null;
      case Boolean -> node.isBoolean() ? node.booleanValue() : null;
      case Integer -> integer(node);
      case Double -> decimal(node);
      case Timestamp -> node.isTextual() ? instant(node.textValue()) : null;
      case StringList -> node.isArray() ? strings(node) : null;
    };
  }

  private static Long integer(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      return null;
    }
    long value = node.longValue();
    return value >= -Limits.LARGEST_PROPERTY && value <= Limits.LARGEST_PROPERTY ? value : null;
  }

  private static Double decimal(JsonNode node) {
    if (!node.isNumber() || node.decimalValue().toPlainString().length() > Limits.PROPERTY_DIGITS) {
      return null;
    }
    return node.doubleValue();
  }

  private static Instant instant(String text) {
    if (!MOMENT.matcher(text).matches()) {
      return null;
    }
    try {
      return Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
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
