package dev.lettershop.source.map;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.PlainText;
import dev.lettershop.source.clean.Converted;
import dev.lettershop.source.clean.EmailAddress;
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
    if (value instanceof Converted.Value text) {
      String key = PlainText.line((String) text.value());
      return Converted.of(name().equals("email") ? EmailAddress.identity(key) : key);
    }
    return value;
  }
}
