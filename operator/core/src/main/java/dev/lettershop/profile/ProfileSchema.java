package dev.lettershop.profile;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a profile of one store looks like: its attributes (built-in ones first, then the declared
 * ones in their order) and the events that may happen to it. Immutable.
 *
 * <p>Values in memory: String is {@link String}, Boolean {@link Boolean}, Integer {@link Long},
 * Double {@link Double}, Timestamp {@link java.time.Instant}, StringList {@code List<String>}. An
 * absent value is an absent key, never null.
 *
 * @param renamed the names that attributes had before, by the names they have now
 * @param dropped attributes that are declared no longer and are to be removed with their values
 * @param currency of amounts that name none, as ISO 4217 has it; null when the store declares none
 */
public record ProfileSchema(
    Map<String, AttributeDefinition> attributes,
    Map<String, EventDefinition> events,
    Map<String, String> renamed,
    Set<String> dropped,
    String currency) {

  /** Attributes that every store has, whether declared or not. */
  public static final List<AttributeDefinition> BUILT_IN =
      List.of(
          new AttributeDefinition("id", AttributeType.String, false, true),
          new AttributeDefinition("email", AttributeType.String, true, true),
          new AttributeDefinition("locale", AttributeType.String, false, true),
          new AttributeDefinition("time_zone", AttributeType.String, false, true),
          new AttributeDefinition("created_at", AttributeType.Timestamp, false, true),
          new AttributeDefinition("updated_at", AttributeType.Timestamp, false, true));

  /**
   * Events that are recorded of mails, in every store. Rules can ask for them; sources cannot send
   * them.
   */
  public static final List<EventDefinition> OF_MAILS =
      List.of(
          ofMails("email_sent", Map.of("variant", AttributeType.String)),
          ofMails("email_opened", Map.of("verdict", AttributeType.String)),
          ofMails(
              "email_clicked",
              Map.of("verdict", AttributeType.String, "link", AttributeType.Integer)),
          ofMails(
              "email_converted",
              Map.of("attribution", AttributeType.String, "value", AttributeType.Double)),
          ofMails("email_bounced", Map.of("kind", AttributeType.String)),
          ofMails("complained", Map.of()),
          new EventDefinition("unsubscribed", Map.of("topic", AttributeType.String)));

  private static EventDefinition ofMails(String name, Map<String, AttributeType> more) {
    Map<String, AttributeType> properties = new TreeMap<>(more);
    properties.put("campaign", AttributeType.String);
    properties.put("run", AttributeType.String);
    return new EventDefinition(name, Collections.unmodifiableMap(properties));
  }

  /**
   * @param pii personal data: never shown, logged or put into a diagnostic
   * @param protection how the database holds it
   */
  public record AttributeDefinition(
      String name, AttributeType type, boolean pii, boolean builtIn, Protection protection) {

    /** One that is held in clear. */
    public AttributeDefinition(String name, AttributeType type, boolean pii, boolean builtIn) {
      this(name, type, pii, builtIn, Protection.Clear);
    }

    /** Whether the database holds cipher texts only. */
    public boolean encrypted() {
      return protection != Protection.Clear;
    }
  }

  public record EventDefinition(String name, Map<String, AttributeType> properties) {}

  public ProfileSchema {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    events = Collections.unmodifiableMap(new LinkedHashMap<>(events));
    renamed = Map.copyOf(renamed);
    dropped = Set.copyOf(dropped);
  }

  /** The event of a name, declared or recorded of mails; null when there is none. */
  public EventDefinition event(String name) {
    EventDefinition declared = events.get(name);
    return declared != null
        ? declared
        : OF_MAILS.stream().filter(event -> event.name().equals(name)).findFirst().orElse(null);
  }

  /** Declared events, then those that are recorded of mails. */
  public List<EventDefinition> allEvents() {
    return Stream.concat(
            events.values().stream(),
            OF_MAILS.stream().filter(event -> !events.containsKey(event.name())))
        .toList();
  }

  /** Names of all events that rules can ask for. */
  public List<String> eventNames() {
    return allEvents().stream().map(EventDefinition::name).toList();
  }

  /** The schema that a ProfileStore declares; null lists count as empty. */
  public static ProfileSchema of(List<Attribute> declared, List<EventType> eventTypes) {
    return of(declared, eventTypes, false);
  }

  /**
   * @param encrypted whether the store encrypts personal data
   */
  public static ProfileSchema of(
      List<Attribute> declared, List<EventType> eventTypes, boolean encrypted) {
    Map<String, AttributeDefinition> attributes = new LinkedHashMap<>();
    BUILT_IN.forEach(
        attribute ->
            attributes.put(
                attribute.name(),
                new AttributeDefinition(
                    attribute.name(),
                    attribute.type(),
                    attribute.pii(),
                    true,
                    Protection.of(encrypted && attribute.pii(), false))));
    if (declared != null) {
      for (Attribute attribute : declared) {
        attributes.putIfAbsent(
            attribute.name(),
            new AttributeDefinition(
                attribute.name(),
                attribute.type(),
                Boolean.TRUE.equals(attribute.pii()),
                false,
                Protection.of(
                    encrypted && Boolean.TRUE.equals(attribute.pii()),
                    Boolean.TRUE.equals(attribute.deterministic()))));
      }
    }
    Map<String, EventDefinition> events = new LinkedHashMap<>();
    if (eventTypes != null) {
      for (EventType event : eventTypes) {
        Map<String, AttributeType> properties = new LinkedHashMap<>();
        if (event.properties() != null) {
          for (EventProperty property : event.properties()) {
            properties.put(property.name(), property.type());
          }
        }
        events.put(
            event.name(),
            new EventDefinition(event.name(), Collections.unmodifiableMap(properties)));
      }
    }
    Map<String, String> renamed = new LinkedHashMap<>();
    if (declared != null) {
      declared.stream()
          .filter(attribute -> attribute.renamedFrom() != null)
          .forEach(attribute -> renamed.put(attribute.name(), attribute.renamedFrom()));
    }
    return new ProfileSchema(attributes, events, renamed, Set.of(), null);
  }

  /** The same, which also asks for these attributes to be removed. */
  public ProfileSchema dropping(Collection<String> names) {
    return new ProfileSchema(attributes, events, renamed, Set.copyOf(names), currency);
  }

  /**
   * The same, with amounts in a currency.
   *
   * @param code as ISO 4217 has it, or null
   */
  public ProfileSchema in(String code) {
    return new ProfileSchema(attributes, events, renamed, dropped, code);
  }
}
