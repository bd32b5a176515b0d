package dev.lettershop.encoding;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/**
 * The mappers for JSON and YAML. They are thread-safe and must not be configured further: a place
 * that needs more of its own begins with {@code rebuild()}.
 */
public final class JsonMappers {
  /** As Jackson has it. */
  public static final JsonMapper PLAIN = JsonMapper.builder().build();

  /** Keys of maps in order, so that equal values are equal bytes. */
  public static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /** For people: a line for each member. */
  public static final JsonMapper INDENTED =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Reads what a later version wrote: unknown members are passed over. */
  public static final JsonMapper LENIENT =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** YAML, as Jackson has it. */
  public static final YAMLMapper YAML = YAMLMapper.builder().build();

  private JsonMappers() {}
}
