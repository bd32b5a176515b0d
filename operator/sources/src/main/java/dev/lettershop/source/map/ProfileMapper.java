package dev.lettershop.source.map;

import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.plan.compile.SourceFieldsCheck;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.source.clean.Converted;
import dev.lettershop.source.clean.DisposableDomains;
import dev.lettershop.store.load.profile.LoadedProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a profile of a record. A value that cannot be used is left out and counted, unless the
 * source wants the record set aside; without anything that says who it is, the record is.
 */
public final class ProfileMapper implements RecordMapper<LoadedProfile> {
  private final IdentityField identity;
  private final List<String> alsoMatch;
  private final List<Field> attributes = new ArrayList<>();
  private final UnknownColumns unknown;

  /** When a record was changed; null when the source does not say. */
  private final Field asOf;

  /** Name of the attribute that tells throw-away addresses, or null. */
  private final String disposable;

  private final DisposableDomains domains;
  private final FutureTimes future;
  private final DroppedValues dropped = new DroppedValues();

  public ProfileMapper(
      ProfileSchema schema,
      ProfileSourceSpec spec,
      Fields fields,
      List<String> columns,
      FutureTimes future) {
    this.future = future;
    this.identity = new IdentityField(spec.identity().key(), fields);
    this.alsoMatch = List.copyOf(spec.identity().alsoMatch());
    this.asOf =
        spec.identity().asOf() == null
            ? null
            : fields.field(spec.identity().asOf(), AttributeType.Timestamp);
    this.disposable = spec.normalise().disposable();
    for (AttributeDefinition attribute : schema.attributes().values()) {
      if (!SourceFieldsCheck.KEPT_BY_THE_STORE.contains(attribute.name())) {
        attributes.add(fields.field(attribute.name(), attribute.type()));
      }
    }
    this.domains = disposable == null ? null : new DisposableDomains();
    this.unknown = new UnknownColumns(fields.used(), columns);
  }

  @Override
  public Map<String, Long> unknownColumns() {
    return unknown.counts();
  }

  @Override
  public DroppedValues dropped() {
    return dropped;
  }

  @Override
  public Mapped<LoadedProfile> map(String position, Map<String, Object> record) {
    Converted key = identity.of(record);
    if (key instanceof Converted.Invalid invalid) {
      return new Mapped.Rejected<>(identity.name(), invalid.reason());
    }
    Map<String, Object> values = new HashMap<>();
    for (Field attribute : attributes) {
      Converted converted = dropped.kept(attribute, position, record);
      if (converted instanceof Converted.Value value) {
        values.put(attribute.name(), value.value());
      } else if (converted instanceof Converted.Invalid invalid) {
        return new Mapped.Rejected<>(attribute.name(), invalid.reason());
      }
    }
    if (disposable != null && values.get("email") instanceof String address) {
      values.put(disposable, domains.has(address));
    }
    Converted changed = asOf == null ? Converted.ABSENT : future.past(asOf.of(record));
    if (changed instanceof Converted.Invalid invalid) {
      return new Mapped.Rejected<>(asOf.name(), invalid.reason());
    }
    Instant when = changed instanceof Converted.Value value ? (Instant) value.value() : null;
    String who = key instanceof Converted.Value value ? (String) value.value() : null;
    if (who == null && alsoMatch.stream().noneMatch(values::containsKey)) {
      return new Mapped.Rejected<>(identity.name(), "is missing: nobody to attach the record to");
    }
    return new Mapped.Row<>(new LoadedProfile(position, who, when, values, unknown.of(record)));
  }
}
