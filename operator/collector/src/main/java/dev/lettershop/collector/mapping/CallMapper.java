package dev.lettershop.collector.mapping;

import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.api.v1alpha1.source.SourceIdentity;
import dev.lettershop.collector.intake.CallType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.source.map.Mapped;
import dev.lettershop.source.map.RecordMapper;
import dev.lettershop.source.map.RecordMappers;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.load.consent.LoadedConsent;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.store.load.event.VisitorLink;
import dev.lettershop.store.load.event.VisitorLinkLoad;
import dev.lettershop.store.load.profile.LoadedProfile;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes rows of the calls of one source. What a browser says is believed as far as its pages could
 * know it: events, and which user id its own anonymous id belongs to. Not thread-safe.
 */
final class CallMapper {
  /** Events by which consent tools tell of a choice. */
  private static final Set<String> CHOICES =
      Set.of("consent_preference_updated", "segment_consent_preference");

  private static final List<String> OBJECTS =
      List.of("context", "traits", "properties", "integrations");

  private final MappingSource source;
  private final ProfileSchema schema;
  private final Set<String> topics;
  private final UserProof proof;
  private final RecordMapper<LoadedEvent> userEvents;
  private final RecordMapper<LoadedEvent> visitorEvents;
  private final RecordMapper<LoadedProfile> profiles;

  /**
   * @param topics that the store declares
   * @throws IllegalArgumentException when the source's mapping does not fit the schema
   */
  CallMapper(MappingSource source, ProfileSchema schema, Set<String> topics, Clock clock) {
    this.source = source;
    this.schema = schema;
    this.topics = Set.copyOf(topics);
    this.proof = new UserProof(source.userKey());
    this.userEvents =
        RecordMappers.events(spec(Provides.Events, source.userIdKey()), schema, clock);
    this.visitorEvents =
        RecordMappers.events(spec(Provides.Events, VisitorLinkLoad.VISITOR), schema, clock);
    this.profiles =
        RecordMappers.profiles(spec(Provides.Profiles, source.userIdKey()), schema, clock);
  }

  private ProfileSourceSpec spec(Provides provides, String key) {
    boolean ofPeople = provides == Provides.Profiles;
    List<FieldMapping> mapping = ofPeople ? source.traits() : source.mapping();
    SourceIdentity identity =
        new SourceIdentity(
            key,
            ofPeople ? source.alsoMatch() : List.of(),
            source.precedence(),
            ofPeople ? "occurred_at" : null);
    return new ProfileSourceSpec(
        null,
        provides,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        identity,
        mapping,
        source.normalise(),
        null);
  }

  /**
   * Adds what a call comes to.
   *
   * @throws UnusableException when nothing of it can be used: then nothing was added
   */
  void map(Call call, Rows rows) throws UnusableException {
    boolean believed = source.server() || proof.holds(call);
    LoadedEvent event = event(call);
    LoadedProfile profile = believed ? profile(call) : null;
    if (call.user() != null && call.visitor() != null) {
      rows.links().add(new VisitorLink(position(call), call.user(), call.visitor()));
    }
    if (profile != null) {
      rows.profiles().add(profile);
    }
    if (believed && call.user() != null) {
      consents(call, rows);
    }
    if (event != null) {
      (call.user() != null ? rows.userEvents() : rows.visitorEvents()).add(event);
    }
    rows.count(call.type(), event != null || call.type() == CallType.Identify);
  }

  static String position(Call call) {
    return call.messageId() == null ? "call" : call.messageId();
  }

  /** Null when the call is not an event, or one that the store does not keep. */
  private LoadedEvent event(Call call) throws UnusableException {
    String name = name(call);
    if (name == null) {
      return null;
    }
    Map<String, Object> record = new HashMap<>(call.fields());
    record.put("id", call.messageId());
    record.put("name", name);
    record.put("occurred_at", call.occurredAt());
    record.put("properties", NameMapping.both(call.object("properties")));
    RecordMapper<LoadedEvent> mapper = call.user() != null ? userEvents : visitorEvents;
    record.put(
        call.user() != null ? source.userIdKey() : VisitorLinkLoad.VISITOR,
        call.user() != null ? call.user() : call.visitor());
    LoadedEvent event = row(mapper.map(position(call), record));
    if (event != null && !source.events().isEmpty() && !source.events().contains(event.name())) {
      throw new UnusableException("name", "is an event that this source may not send");
    }
    return event;
  }

  /** As the store declares it, when it does; null for calls that it declares no event for. */
  private String name(Call call) throws UnusableException {
    switch (call.type()) {
      case Page:
        return declared("page_viewed", "page");
      case Screen:
        return declared("screen_viewed", "screen");
      case Track:
        if (!(call.fields().get("event") instanceof String event) || event.isBlank()) {
          throw new UnusableException("event", "is missing");
        }
        String snake = NameMapping.snake(event);
        if (!schema.events().containsKey(event) && CHOICES.contains(snake)) {
          return declared(snake);
        }
        return schema.events().containsKey(event) ? event : snake;
      default:
        return null;
    }
  }

  private String declared(String... names) {
    for (String name : names) {
      if (schema.events().containsKey(name)) {
        return name;
      }
    }
    return null;
  }

  /** What an identify call says of a user; null when it says nothing. */
  private LoadedProfile profile(Call call) throws UnusableException {
    Map<String, Object> traits = call.traits();
    if (call.type() != CallType.Identify || call.user() == null || traits.isEmpty()) {
      return null;
    }
    Map<String, Object> record = NameMapping.both(traits);
    call.fields().forEach(record::putIfAbsent);
    OBJECTS.forEach(name -> record.put(name, call.object(name)));
    record.put("traits", traits);
    record.put("occurred_at", call.occurredAt());
    record.put(source.userIdKey(), call.user());
    return row(profiles.map(position(call), record));
  }

  private static <R> R row(Mapped<R> mapped) throws UnusableException {
    if (mapped instanceof Mapped.Rejected<R> rejected) {
      throw new UnusableException(rejected.field(), rejected.reason());
    }
    return mapped instanceof Mapped.Row<R> row ? row.row() : null;
  }

  /** Choices by topic, as consent tools write them into the context. */
  private void consents(Call call, Rows rows) {
    boolean chosen =
        call.type() == CallType.Identify
            || call.type() == CallType.Track
                && CHOICES.contains(NameMapping.snake(String.valueOf(call.fields().get("event"))));
    if (!chosen
        || !(call.object("context").get("consent") instanceof Map<?, ?> consent)
        || !(consent.get("categoryPreferences") instanceof Map<?, ?> preferences)) {
      return;
    }
    preferences.forEach(
        (topic, choice) -> {
          if (topics.contains(topic) && choice instanceof Boolean granted) {
            rows.consents()
                .add(
                    new LoadedConsent(
                        position(call),
                        call.user(),
                        (String) topic,
                        granted ? ConsentStatus.Granted : ConsentStatus.Withdrawn,
                        call.occurredAt(),
                        evidence(call)));
          }
        });
  }

  private Map<String, Object> evidence(Call call) {
    Map<String, Object> evidence = new TreeMap<>();
    evidence.put("form", "collector/" + source.name());
    if (call.messageId() != null) {
      evidence.put("message", call.messageId());
    }
    if (call.object("context").get("page") instanceof Map<?, ?> page
        && page.get("url") instanceof String url) {
      evidence.put("page", url);
    }
    return evidence;
  }

  /** Whether events of a moment are still kept. */
  static void checkKept(Call call, Instant earliest) throws UnusableException {
    if (earliest != null && call.occurredAt().isBefore(earliest)) {
      throw new UnusableException("timestamp", "is older than the store keeps events");
    }
  }
}
