package dev.lettershop.source.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import java.util.Map;

/** Records as JSON, for the quarantine. */
final class RecordText {
  private static final JsonMapper JSON = JsonMappers.PLAIN;

  private RecordText() {}

  static String of(Map<String, Object> record) {
    try {
      return JSON.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record is plain data and must serialise", e);
    }
  }
}
