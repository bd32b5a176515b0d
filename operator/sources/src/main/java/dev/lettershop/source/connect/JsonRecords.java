package dev.lettershop.source.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.profile.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as records and positions. Numbers are as {@link ExactNumber} has them, null is an absent
 * key, and names are in one form ({@link PlainText#line}): as in files of NDJSON.
 */
public final class JsonRecords {
  private static final JsonMapper JSON =
      JsonMappers.PLAIN
          .rebuild()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private JsonRecords() {}

  /** The members of an object, in their order. */
  public static Map<String, Object> fields(JsonNode object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            member -> {
              Object value = value(member.getValue());
              if (value != null) {
                fields.put(PlainText.line(member.getKey()), value);
              }
            });
    return fields;
  }

  /** A value as records hold it; null for null. */
  public static Object value(JsonNode node) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node.isObject()) {
      return fields(node);
    }
    if (node.isArray()) {
      List<Object> values = new ArrayList<>(node.size());
      for (JsonNode element : node) {
        Object value = value(element);
        if (value != null) {
          values.add(value);
        }
      }
      return values;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber()) {
      return node.canConvertToLong()
          ? (Object) node.longValue()
          : ExactNumber.whole(node.bigIntegerValue());
    }
    return node.isNumber() ? ExactNumber.decimal(node.decimalValue()) : (Object) node.asText();
  }

  /**
   * Reads JSON.
   *
   * @throws JsonProcessingException when it is none; its message quotes the input and must not be
   *     shown
   */
  public static JsonNode read(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }

  /**
   * Reads JSON.
   *
   * @throws java.io.IOException when it is none; its message quotes the input and must not be shown
   */
  public static JsonNode read(byte[] text) throws java.io.IOException {
    return JSON.readTree(text);
  }

  /** A position that was stored, as what it was made of. */
  public static <T> T position(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The stored position is none of " + type.getSimpleName(), e);
    }
  }

  /** Plain values, maps and lists as JSON; times in ISO 8601. */
  public static String write(Object value) {
    try {
      return JSON.writeValueAsString(plain(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No JSON for " + value.getClass().getName(), e);
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, member) -> plain.put(String.valueOf(key), plain(member)));
      return plain;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(JsonRecords::plain).toList();
    }
    return value instanceof java.time.temporal.Temporal ? value.toString() : value;
  }
}
