package dev.lettershop.source.map;

import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.source.read.SourceFault;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.store.load.profile.LoadedProfile;
import java.time.Clock;
import java.util.List;

/**
 * Mapping and cleaning for records that come in one by one, as syncs have them for those that they
 * read. What nothing declares is left out.
 */
public final class RecordMappers {
  private RecordMappers() {}

  /**
   * @throws IllegalArgumentException when identity, mapping or cleaning does not fit the schema
   */
  public static RecordMapper<LoadedEvent> events(
      ProfileSourceSpec spec, ProfileSchema schema, Clock clock) {
    return new EventMapper(
        schema, spec.identity().key(), fields(spec, schema), List.of(), future(spec, clock));
  }

  /**
   * @throws IllegalArgumentException when identity, mapping or cleaning does not fit the schema
   */
  public static RecordMapper<LoadedProfile> profiles(
      ProfileSourceSpec spec, ProfileSchema schema, Clock clock) {
    return new ProfileMapper(schema, spec, fields(spec, schema), List.of(), future(spec, clock));
  }

  private static FutureTimes future(ProfileSourceSpec spec, Clock clock) {
    return new FutureTimes(clock, spec.onInvalid().futureTolerance());
  }

  private static Fields fields(ProfileSourceSpec spec, ProfileSchema schema) {
    try {
      return SourceFields.compile(spec, schema).fields();
    } catch (SourceFault fault) {
      throw new IllegalArgumentException(fault.getMessage(), fault);
    }
  }
}
