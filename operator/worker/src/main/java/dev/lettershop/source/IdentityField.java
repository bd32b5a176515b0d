package dev.lettershop.source;

import dev.lettershop.api.v1alpha1.AttributeType;
import java.util.Map;

/** Reads who a record is about: the value of the source's identity key. */
final class IdentityField {
  private final Field field;

  /**
   * @param key {@code spec.identity.key}: a mapped field, or a column
   */
  IdentityField(String key, Fields fields) {
    this.field = fields.field(key, AttributeType.String);
  }

  String name() {
    return field.name();
  }

  /** Text to recognise a person by; addresses in one spelling, whatever their case. */
  Converted of(Map<String, Object> record) {
    Converted value = field.of(record);
    return name().equals("email") && value instanceof Converted.Value address
        ? Converted.of(EmailAddress.identity((String) address.value()))
        : value;
  }
}
