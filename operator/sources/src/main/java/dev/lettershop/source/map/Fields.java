package dev.lettershop.source.map;

import static dev.lettershop.plan.compile.SourceFieldsCheck.EVENT_FIELDS;
import static dev.lettershop.plan.compile.SourceFieldsCheck.PROPERTIES;

import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.rule.mapping.MappedValue;
import dev.lettershop.rule.mapping.Mapping;
import dev.lettershop.source.clean.Cleaning;
import dev.lettershop.source.clean.Converted;
import dev.lettershop.source.clean.FieldCleaning;
import dev.lettershop.source.clean.FieldValue;
import dev.lettershop.source.clean.TypeConversion;
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
public final class Fields {
  private final Mapping mapping;
  private final Map<String, String> expressions = new LinkedHashMap<>();
  private final Cleaning cleaning;
  private final TypeConversion conversion = new TypeConversion();
  private final Set<String> used = new LinkedHashSet<>();

  /**
   * @param mapping compiled from {@code declared}; null when nothing is declared
   */
  public Fields(Mapping mapping, List<FieldMapping> declared, Cleaning cleaning) {
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
  public Field field(String name, AttributeType type) {
    return new Field(name, type, raw(name), cleaning.of(name), conversion);
  }

  /** A field whose name does not say what it is: an event's is not a person's. */
  Field plain(String name, AttributeType type) {
    return new Field(name, type, raw(name), cleaning.plain(name), conversion);
  }

  /**
   * A property of an event: mapped, in the record itself or in its object {@code properties}. One
   * that is called like a field of every event is never that field: it is mapped with the object's
   * name in front, stands in the object, or has the column when the field comes from elsewhere.
   */
  Field property(String name, AttributeType type) {
    FieldCleaning tidying = cleaning.ofProperty(name);
    String qualified = PROPERTIES + "." + name;
    used.add(PROPERTIES);
    if (isMapped(qualified)) {
      return new Field(name, type, raw(qualified), tidying, conversion);
    }
    boolean ambiguous = EVENT_FIELDS.contains(name);
    if (!ambiguous && isMapped(name)) {
      return new Field(name, type, raw(name), tidying, conversion);
    }
    FieldValue inside = record -> inside(record, name);
    if (ambiguous && !isMapped(name)) {
      return new Field(name, type, inside, tidying, conversion);
    }
    FieldValue column = FieldValue.column(name);
    used.add(name);
    FieldValue first = ambiguous ? inside : column;
    FieldValue second = ambiguous ? column : inside;
    FieldValue either =
        record -> {
          Converted found = first.of(record);
          return found instanceof Converted.Absent ? second.of(record) : found;
        };
    return new Field(name, type, either, tidying, conversion);
  }

  private static Converted inside(Map<String, Object> record, String name) {
    Object value = record.get(PROPERTIES) instanceof Map<?, ?> object ? object.get(name) : null;
    return value == null ? Converted.ABSENT : Converted.of(value);
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
