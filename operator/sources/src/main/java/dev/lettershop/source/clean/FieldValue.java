package dev.lettershop.source.clean;

import java.util.Map;

/** Takes the raw value of one target field from a record: by name, or through a mapping. */
@FunctionalInterface
public interface FieldValue {
  /** The value as the file or the mapping has it; not yet converted to the declared type. */
  Converted of(Map<String, Object> record);

  /** Takes a column as it is; {@code a.b} is also the field b of the object a. */
  static FieldValue column(String name) {
    String[] path = name.split("[.]");
    return record -> {
      Object value = record.get(name);
      if (value == null && path.length > 1) {
        value = inside(record, path);
      }
      return value == null ? Converted.ABSENT : Converted.of(value);
    };
  }

  private static Object inside(Map<String, Object> record, String[] path) {
    Object value = record;
    for (String name : path) {
      value = value instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return value;
  }
}
