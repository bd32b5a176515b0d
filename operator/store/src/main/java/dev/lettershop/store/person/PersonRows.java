package dev.lettershop.store.person;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;

/** Rows as plain data: times as text in UTC, JSON as a tree, bytes in hexadecimal. */
final class PersonRows {
  private static final JsonMapper JSON = JsonMappers.PLAIN;

  private PersonRows() {}

  static List<Map<String, Object>> fetch(DSLContext db, String query, Object... binds) {
    return db.fetch(query, binds).map(PersonRows::row);
  }

  private static Map<String, Object> row(Record row) {
    Map<String, Object> plain = new LinkedHashMap<>();
    for (Field<?> field : row.fields()) {
      Object value = plain(row.get(field));
      if (value != null) {
        plain.put(field.getName(), value);
      }
    }
    return plain;
  }

  static Object plain(Object value) {
    if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    }
    if (value instanceof JSONB json) {
      return tree(json.data());
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Object[] list) {
      return List.of(list);
    }
    return value;
  }

  /** A value of an attribute as JSON. */
  static JsonNode ofValue(Object value) {
    return JSON.valueToTree(value instanceof Instant time ? time.toString() : value);
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database holds JSON that cannot be read");
    }
  }
}
