package dev.lettershop.source;

import dev.lettershop.plan.SourceFieldsCheck;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.store.load.LoadedProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a profile of a record. A record is taken as a whole or not at all: one value that cannot be
 * read sends it to quarantine, so that a profile never looks complete when half of it is missing.
 */
final class ProfileMapper implements RecordMapper<LoadedProfile> {
  private final IdentityField identity;
  private final List<String> alsoMatch;
  private final List<Field> attributes = new ArrayList<>();
  private final UnknownColumns unknown;

  ProfileMapper(
      ProfileSchema schema,
      String identityKey,
      List<String> alsoMatch,
      Fields fields,
      List<String> columns) {
    this.identity = new IdentityField(identityKey, fields);
    this.alsoMatch = List.copyOf(alsoMatch);
    for (AttributeDefinition attribute : schema.attributes().values()) {
      if (!SourceFieldsCheck.KEPT_BY_THE_STORE.contains(attribute.name())) {
        attributes.add(fields.field(attribute.name(), attribute.type()));
      }
    }
    this.unknown = new UnknownColumns(fields.used(), columns);
  }

  @Override
  public Map<String, Long> unknownColumns() {
    return unknown.counts();
  }

  @Override
  public Mapped<LoadedProfile> map(String position, Map<String, Object> record) {
    Converted key = identity.of(record);
    if (key instanceof Converted.Invalid invalid) {
      return new Mapped.Rejected<>(identity.name(), invalid.reason());
    }
    Map<String, Object> values = new HashMap<>();
    for (Field attribute : attributes) {
      Converted converted = attribute.of(record);
      if (converted instanceof Converted.Value value) {
        values.put(attribute.name(), value.value());
      } else if (converted instanceof Converted.Invalid invalid) {
        return new Mapped.Rejected<>(attribute.name(), invalid.reason());
      }
    }
    String who = key instanceof Converted.Value value ? (String) value.value() : null;
    if (who == null && alsoMatch.stream().noneMatch(values::containsKey)) {
      return new Mapped.Rejected<>(identity.name(), "is missing: nobody to attach the record to");
    }
    return new Mapped.Row<>(new LoadedProfile(position, who, values, unknown.of(record)));
  }
}
