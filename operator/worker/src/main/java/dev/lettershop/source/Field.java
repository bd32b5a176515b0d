package dev.lettershop.source;

import dev.lettershop.api.v1alpha1.AttributeType;
import java.util.Map;
import java.util.function.Function;

/** One field of a row: where its value comes from, its type, and how it is cleaned. */
final class Field {
  private final String name;
  private final AttributeType type;
  private final FieldValue value;
  private final Function<String, Converted> cleaning;
  private final TypeConversion conversion;

  Field(
      String name,
      AttributeType type,
      FieldValue value,
      Function<String, Converted> cleaning,
      TypeConversion conversion) {
    this.name = name;
    this.type = type;
    this.value = value;
    this.cleaning = cleaning;
    this.conversion = conversion;
  }

  String name() {
    return name;
  }

  /** The value of the declared type, nothing, or why there is none. */
  Converted of(Map<String, Object> record) {
    Converted raw = value.of(record);
    if (!(raw instanceof Converted.Value found)) {
      return raw;
    }
    Converted typed = conversion.convert(type, found.value());
    return typed instanceof Converted.Value text && text.value() instanceof String string
        ? cleaning.apply(string)
        : typed;
  }
}
