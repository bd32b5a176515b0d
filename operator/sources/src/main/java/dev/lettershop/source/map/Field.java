package dev.lettershop.source.map;

import dev.lettershop.api.v1alpha1.field.MissingPolicy;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.source.clean.Converted;
import dev.lettershop.source.clean.FieldCleaning;
import dev.lettershop.source.clean.FieldValue;
import dev.lettershop.source.clean.InvalidValues;
import dev.lettershop.source.clean.TypeConversion;
import java.util.Map;

/** One field of a row: where its value comes from, its type, and how it is cleaned. */
public final class Field {
  private final String name;
  private final AttributeType type;
  private final FieldValue value;
  private final FieldCleaning tidying;
  private final TypeConversion conversion;

  Field(
      String name,
      AttributeType type,
      FieldValue value,
      FieldCleaning tidying,
      TypeConversion conversion) {
    this.name = name;
    this.type = type;
    this.value = value;
    this.tidying = tidying;
    this.conversion = conversion;
  }

  String name() {
    return name;
  }

  /** What becomes of values that cannot be used; a field that must have one cannot go without. */
  InvalidValues onInvalid() {
    InvalidValues policy = tidying.onInvalid();
    boolean required = tidying.missing() == MissingPolicy.Invalid;
    return required && policy != InvalidValues.TakeDefault ? InvalidValues.CostTheRecord : policy;
  }

  /** What takes the place of a value that cannot be used. */
  Converted instead() {
    return tidying.onInvalid() == InvalidValues.TakeDefault
        ? conversion.convert(type, tidying.byDefault(), tidying)
        : Converted.ABSENT;
  }

  /** The value of the declared type, nothing, or why there is none. */
  public Converted of(Map<String, Object> record) {
    Converted raw = value.of(record);
    if (raw instanceof Converted.Invalid) {
      return raw;
    }
    Object present = tidying.present(raw instanceof Converted.Value v ? v.value() : null);
    Converted typed = conversion.convert(type, present, tidying);
    if (typed instanceof Converted.Value text && text.value() instanceof String string) {
      typed = cleaned(string, record);
    }
    return typed instanceof Converted.Absent ? tidying.none() : typed;
  }

  private Converted cleaned(String text, Map<String, Object> record) {
    Converted listed = tidying.listed(text);
    return listed instanceof Converted.Value value
        ? tidying.text().clean((String) value.value(), record)
        : listed;
  }
}
