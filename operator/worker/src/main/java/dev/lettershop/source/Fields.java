package dev.lettershop.source;

import dev.lettershop.api.v1alpha1.AttributeType;
import dev.lettershop.api.v1alpha1.FieldMapping;
import dev.lettershop.rule.MappedValue;
import dev.lettershop.rule.Mapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the fields of one source's rows: through the mapping where there is one for the field, by
 * name otherwise. Remembers which columns are used.
 */
final class Fields {
  private final Mapping mapping;
  private final Map<String, String> expressions = new LinkedHashMap<>();
  private final Cleaning cleaning;
  private final TypeConversion conversion = new TypeConversion();
  private final Set<String> used = new LinkedHashSet<>();

  /**
   * @param mapping compiled from {@code declared}; null when nothing is declared
   */
  Fields(Mapping mapping, List<FieldMapping> declared, Cleaning cleaning) {
    this.mapping = mapping;
    this.cleaning = cleaning;
    for (FieldMapping field : declared) {
      expressions.put(field.to(), field.value());
    }
    if (isMapped("country")) {
      cleaning.countryFrom(record -> mapped("country", record));
    }
  }

  /** A field that is looked up in the record itself when it is not mapped. */
  Field field(String name, AttributeType type) {
    return field(name, type, FieldValue.column(name));
  }

  /** A field whose name does not say what it is: an event's is no person's. */
  Field plain(String name, AttributeType type) {
    return new Field(name, type, raw(name), cleaning.plain(name), conversion);
  }

  /** A field that may also stand in an object of the record, such as {@code properties}. */
  Field nested(String object, String name, AttributeType type) {
    used.add(object);
    FieldValue plain = FieldValue.column(name);
    return field(
        name,
        type,
        record -> {
          boolean inside =
              !record.containsKey(name)
                  && record.get(object) instanceof Map<?, ?> map
                  && map.get(name) != null;
          return inside
              ? Converted.of(((Map<?, ?>) record.get(object)).get(name))
              : plain.of(record);
        });
  }

  /** A field without a type, taken as the file or the mapping has it. */
  FieldValue raw(String name) {
    if (isMapped(name)) {
      used.addAll(MappedColumns.of(expressions.get(name)));
      return record -> mapped(name, record);
    }
    used.add(name);
    if (name.indexOf('.') > 0) {
      used.add(name.substring(0, name.indexOf('.')));
    }
    return FieldValue.column(name);
  }

  /** Columns that the fields made so far take their values from. */
  Set<String> used() {
    return Collections.unmodifiableSet(used);
  }

  boolean isMapped(String name) {
    return expressions.containsKey(name);
  }

  private Field field(String name, AttributeType type, FieldValue byName) {
    FieldValue value = raw(name);
    return new Field(name, type, isMapped(name) ? value : byName, cleaning.of(name), conversion);
  }

  private Converted mapped(String name, Map<String, Object> record) {
    MappedValue value = mapping.apply(name, record);
    if (value instanceof MappedValue.Present present) {
      return Converted.of(present.value());
    }
    return value instanceof MappedValue.Failed failed
        ? Converted.invalid(failed.message())
        : Converted.ABSENT;
  }
}
