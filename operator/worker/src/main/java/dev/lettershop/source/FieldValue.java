package dev.lettershop.source;

import java.util.Map;

/** Takes the raw value of one target field from a record: by name, or through a mapping. */
@FunctionalInterface
interface FieldValue {
  /** The value as the file or the mapping has it; not yet converted to the declared type. */
  Converted of(Map<String, Object> record);

  /** Takes a column as it is. */
  static FieldValue column(String name) {
    return record -> {
      Object value = record.get(name);
      return value == null ? Converted.ABSENT : Converted.of(value);
    };
  }
}
