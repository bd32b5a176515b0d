package dev.lettershop.store.database;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Plain values as JSON; members sorted by name, instants in ISO 8601. */
public final class JsonText {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  public static String of(Map<String, ?> object) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      write(out, object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof String || value instanceof Instant) {
      out.writeString(value.toString());
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      out.writeNumber(((Number) value).longValue());
    } else if (value instanceof BigDecimal decimal) {
      out.writeNumber(decimal);
    } else if (value instanceof BigInteger integer) {
      out.writeNumber(integer);
    } else if (value instanceof Number number) {
      out.writeNumber(number.doubleValue());
    } else if (value instanceof Map<?, ?> map) {
      writeObject(out, map);
    } else if (value instanceof Iterable<?> list) {
      out.writeStartArray();
      for (Object element : list) {
        write(out, element);
      }
      out.writeEndArray();
    } else {
      throw new IllegalArgumentException("No JSON for " + value.getClass().getName());
    }
  }

  private static void writeObject(JsonGenerator out, Map<?, ?> map) throws IOException {
    out.writeStartObject();
    for (Map.Entry<?, ?> member : new TreeMap<>(map).entrySet()) {
      out.writeFieldName((String) member.getKey());
      write(out, member.getValue());
    }
    out.writeEndObject();
  }

  /** Whether any text in it holds the character NUL, which PostgreSQL has no place for. */
  public static boolean holdsNul(Object value) {
    if (value instanceof String text) {
      return text.indexOf(0) >= 0;
    }
    if (value instanceof Map<?, ?> map) {
      return holdsNul(map.keySet()) || holdsNul(map.values());
    }
    if (value instanceof Iterable<?> values) {
      for (Object element : values) {
        if (holdsNul(element)) {
          return true;
        }
      }
    }
    return false;
  }
}
