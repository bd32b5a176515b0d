package dev.lettershop.source.map;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.plan.compile.SourceFieldsCheck;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.source.clean.Converted;
import dev.lettershop.store.load.event.LoadedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes an event of a record. Fields: {@code id} (optional: without one, the store derives it from
 * the content, so that the same record is one event however often it is read), {@code name}, {@code
 * occurred_at}, the identity key, and the properties that the event's type declares, which may also
 * stand in an object called {@code properties}. What its type does not declare is kept and
 * reported.
 */
public final class EventMapper implements RecordMapper<LoadedEvent> {
  private final IdentityField identity;
  private final Field id;
  private final Field name;
  private final Field occurredAt;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final boolean hasProperties;
  private final UnknownColumns unknown;
  private final FutureTimes future;
  private final DroppedValues dropped = new DroppedValues();

  public EventMapper(
      ProfileSchema schema,
      String identityKey,
      Fields fields,
      List<String> columns,
      FutureTimes future) {
    this.future = future;
    this.identity = new IdentityField(identityKey, fields);
    this.id = fields.plain("id", AttributeType.String);
    this.name = fields.plain("name", AttributeType.String);
    this.occurredAt = fields.field("occurred_at", AttributeType.Timestamp);
    this.hasProperties = columns == null || columns.contains(SourceFieldsCheck.PROPERTIES);
    Set<String> own = Set.copyOf(fields.used());
    Set<String> all = new TreeSet<>();
    schema.events().values().forEach(event -> all.addAll(event.properties().keySet()));
    all.removeAll(own);
    if (columns != null) {
      all.retainAll(columns);
    }
    for (EventDefinition event : schema.events().values()) {
      List<Field> declared = new ArrayList<>();
      event.properties().forEach((property, type) -> declared.add(fields.property(property, type)));
      Set<String> foreign = new TreeSet<>(all);
      foreign.removeAll(event.properties().keySet());
      kinds.put(event.name(), new Kind(declared, event.properties().keySet(), foreign));
    }
    this.unknown = new UnknownColumns(fields.used(), columns);
  }

  /**
   * What is declared for an event.
   *
   * @param names of its properties
   * @param foreign columns that only other events declare
   */
  private record Kind(List<Field> properties, Set<String> names, Set<String> foreign) {}

  @Override
  public Map<String, Long> unknownColumns() {
    return unknown.counts();
  }

  @Override
  public DroppedValues dropped() {
    return dropped;
  }

  @Override
  public Mapped<LoadedEvent> map(String position, Map<String, Object> record) {
    Converted kind = name.of(record);
    Converted who = identity.of(record);
    Converted when = future.past(occurredAt.of(record));
    Converted given = id.of(record);
    Mapped.Rejected<LoadedEvent> rejected = rejected(kind, who, when, given);
    if (rejected != null) {
      return rejected;
    }
    Kind declared = kinds.get(text(kind));
    if (declared == null) {
      return unknownEvent(text(kind));
    }
    Map<String, Object> values = new HashMap<>();
    for (Field property : declared.properties()) {
      Converted converted = dropped.kept(property, position, record);
      if (converted instanceof Converted.Value value) {
        values.put(property.name(), value.value());
      } else if (converted instanceof Converted.Invalid invalid) {
        return new Mapped.Rejected<>(property.name(), invalid.reason());
      }
    }
    undeclared(declared, record).forEach(values::putIfAbsent);
    return new Mapped.Row<>(
        new LoadedEvent(
            position,
            text(given),
            text(who),
            text(kind),
            (Instant) ((Converted.Value) when).value(),
            values));
  }

  private Map<String, Object> undeclared(Kind kind, Map<String, Object> record) {
    Map<String, Object> found = new HashMap<>(unknown.of(record));
    found.putAll(unknown.of(record, kind.foreign(), ""));
    if (hasProperties && record.get(SourceFieldsCheck.PROPERTIES) instanceof Map<?, ?> object) {
      List<?> names =
          object.keySet().stream().filter(name -> !kind.names().contains(name)).toList();
      unknown.of(object, names, SourceFieldsCheck.PROPERTIES + ".").forEach(found::putIfAbsent);
    }
    return found;
  }

  private Mapped.Rejected<LoadedEvent> rejected(
      Converted kind, Converted who, Converted when, Converted given) {
    if (!(kind instanceof Converted.Value)) {
      return missing("name", kind);
    }
    if (!(who instanceof Converted.Value)) {
      return missing(identity.name(), who);
    }
    if (!(when instanceof Converted.Value)) {
      return missing("occurred_at", when);
    }
    return given instanceof Converted.Invalid ? missing("id", given) : null;
  }

  private static Mapped.Rejected<LoadedEvent> missing(String field, Converted value) {
    return new Mapped.Rejected<>(
        field, value instanceof Converted.Invalid invalid ? invalid.reason() : "is missing");
  }

  /** Names the event only when it looks like a name: it comes out of the file. */
  private Mapped<LoadedEvent> unknownEvent(String event) {
    return new Mapped.Rejected<>(
        "name",
        DidYouMean.nearest(event, kinds.keySet())
            .map(known -> "is not a declared event; did you mean \"" + known + "\"?")
            .orElse("is not a declared event"));
  }

  private static String text(Converted value) {
    return value instanceof Converted.Value present ? (String) present.value() : null;
  }
}
