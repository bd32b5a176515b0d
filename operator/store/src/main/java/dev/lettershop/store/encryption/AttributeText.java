package dev.lettershop.store.encryption;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.encoding.JsonMappers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Values of attributes as text, one form for each value. */
final class AttributeText {
  private static final JsonMapper JSON = JsonMappers.PLAIN;

  private AttributeText() {}

  static String of(Object value) {
    if (value instanceof List<?> list) {
      try {
        return JSON.writeValueAsString(list);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("A list of texts must serialise", e);
      }
    }
    if (value instanceof Instant moment) {
      return moment.truncatedTo(ChronoUnit.MICROS).toString();
    }
    return value.toString();
  }

  static Object read(AttributeType type, String text) {
    return switch (type) {
      case String -> text;
      case Boolean -> Boolean.valueOf(text);
      case Integer -> Long.valueOf(text);
      case Double -> Double.valueOf(text);
      case Timestamp -> Instant.parse(text);
      case StringList -> list(text);
    };
  }

  private static List<String> list(String text) {
    try {
      return JSON.readValue(text, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a list of texts");
    }
  }
}
