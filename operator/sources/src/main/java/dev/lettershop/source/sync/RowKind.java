package dev.lettershop.source.sync;

import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.source.SourceIdentity;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.source.map.ConsentMapper;
import dev.lettershop.source.map.EventMapper;
import dev.lettershop.source.map.Fields;
import dev.lettershop.source.map.FutureTimes;
import dev.lettershop.source.map.ProductMapper;
import dev.lettershop.source.map.ProfileMapper;
import dev.lettershop.source.map.RecordMapper;
import dev.lettershop.source.map.SuppressionMapper;
import dev.lettershop.store.Store;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.Load;
import dev.lettershop.store.load.consent.LoadedConsent;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.store.load.product.LoadedProduct;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.suppression.LoadedSuppression;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What sources have of their own by what they provide: how a record becomes a row, and where rows
 * go.
 *
 * @param mappers by the source's fields and the columns that all records have, or null
 */
record RowKind<R>(
    BiFunction<Fields, List<String>, RecordMapper<R>> mappers,
    Function<Continuation, Load<R>> loads) {

  RecordMapper<R> mapper(Fields fields, List<String> columns) {
    return mappers.apply(fields, columns);
  }

  Load<R> load(Continuation continuation) {
    return loads.apply(continuation);
  }

  /** What a source provides. */
  static RowKind<?> of(
      Store store, ProfileSchema schema, Set<String> topics, Clock clock, SourceDefinition source) {
    FutureTimes future = new FutureTimes(clock, source.spec().onInvalid().futureTolerance());
    return switch (source.spec().provides()) {
      case Profiles -> profiles(store, schema, future, source);
      case Events -> events(store, schema, future, source);
      case Consents -> consents(store, topics, future, source);
      case Suppressions -> suppressions(store, future, source);
      case Products -> products(store, source);
    };
  }

  private static RowKind<LoadedProfile> profiles(
      Store store, ProfileSchema schema, FutureTimes future, SourceDefinition source) {
    ProfileSourceSpec spec = source.spec();
    SourceIdentity identity = spec.identity();
    return new RowKind<>(
        (fields, columns) -> new ProfileMapper(schema, spec, fields, columns, future),
        continuation ->
            store.loadProfiles(
                source.name(),
                schema,
                identity.key(),
                identity.alsoMatch(),
                identity.precedence(),
                continuation));
  }

  private static RowKind<LoadedEvent> events(
      Store store, ProfileSchema schema, FutureTimes future, SourceDefinition source) {
    String key = source.spec().identity().key();
    return new RowKind<>(
        (fields, columns) -> new EventMapper(schema, key, fields, columns, future),
        continuation -> store.loadEvents(source.name(), key, continuation));
  }

  private static RowKind<LoadedConsent> consents(
      Store store, Set<String> topics, FutureTimes future, SourceDefinition source) {
    String key = source.spec().identity().key();
    return new RowKind<>(
        (fields, columns) -> new ConsentMapper(topics, future, key, fields),
        continuation -> store.loadConsents(source.name(), key, continuation));
  }

  private static RowKind<LoadedSuppression> suppressions(
      Store store, FutureTimes future, SourceDefinition source) {
    String key = source.spec().identity().key();
    return new RowKind<>(
        (fields, columns) -> new SuppressionMapper(future, key, fields),
        continuation -> store.loadSuppressions(source.name(), continuation));
  }

  private static RowKind<LoadedProduct> products(Store store, SourceDefinition source) {
    String key = source.spec().identity().key();
    return new RowKind<>(
        (fields, columns) -> new ProductMapper(key, fields),
        continuation -> store.loadProducts(source.name(), continuation));
  }
}
