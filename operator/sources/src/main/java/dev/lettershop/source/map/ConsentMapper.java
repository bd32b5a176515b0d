package dev.lettershop.source.map;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.plan.compile.SourceFieldsCheck;
import dev.lettershop.profile.PlainText;
import dev.lettershop.source.clean.Converted;
import dev.lettershop.source.clean.FieldValue;
import dev.lettershop.source.clean.Storable;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.load.consent.LoadedConsent;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes a consent of a record. Fields: {@code topic}, {@code status} (Granted, Pending, Denied or
 * Withdrawn in any case), {@code occurred_at}, {@code evidence} (text or an object), the single
 * pieces of evidence {@code form}, {@code wording}, {@code wording_version}, {@code ip_address} and
 * {@code confirmed_at}, and the identity key.
 *
 * <p>A record without a status says nothing and is passed over. A grant must say when it was given:
 * who sends the mail has to show it (GDPR Art. 7(1)). A refusal need not: without a time it counts
 * from the moment it is read, so that it outranks every grant known by then.
 */
public final class ConsentMapper implements RecordMapper<LoadedConsent> {
  private final Set<String> topics;
  private final FutureTimes future;
  private final DroppedValues dropped = new DroppedValues();
  private final IdentityField identity;
  private final Field topic;
  private final Field status;
  private final Field occurredAt;
  private final FieldValue evidence;
  private final Map<String, FieldValue> pieces = new LinkedHashMap<>();

  /**
   * @param topics those that the store declares
   */
  public ConsentMapper(Set<String> topics, FutureTimes future, String identityKey, Fields fields) {
    this.topics = Set.copyOf(topics);
    this.future = future;
    this.identity = new IdentityField(identityKey, fields);
    this.topic = fields.field("topic", AttributeType.String);
    this.status = fields.field("status", AttributeType.String);
    this.occurredAt = fields.field("occurred_at", AttributeType.Timestamp);
    this.evidence = fields.raw("evidence");
    SourceFieldsCheck.CONSENT_EVIDENCE.forEach(name -> pieces.put(name, fields.raw(name)));
  }

  /** None: what else the record holds is the business of another source. */
  @Override
  public Map<String, Long> unknownColumns() {
    return Map.of();
  }

  /** None: a consent is as it was given, or it is not one. */
  @Override
  public DroppedValues dropped() {
    return dropped;
  }

  @Override
  public Mapped<LoadedConsent> map(String position, Map<String, Object> record) {
    Converted said = status.of(record);
    if (said instanceof Converted.Absent) {
      return new Mapped.Nothing<>();
    }
    ConsentStatus answer = said instanceof Converted.Value text ? status(text) : null;
    if (answer == null) {
      return new Mapped.Rejected<>(
          "status",
          said instanceof Converted.Invalid invalid
              ? invalid.reason()
              : "is none of Granted, Pending, Denied, Withdrawn");
    }
    Converted who = identity.of(record);
    if (!(who instanceof Converted.Value person)) {
      return missing(identity.name(), who);
    }
    Converted about = topic.of(record);
    if (!(about instanceof Converted.Value purpose)) {
      return missing("topic", about);
    }
    if (!topics.contains(purpose.value())) {
      return new Mapped.Rejected<>("topic", "is none that the store declares");
    }
    Converted when = future.past(occurredAt.of(record));
    // A refusal counts whatever its time looks like: rather no mail than one too many.
    if (when instanceof Converted.Invalid invalid && !isRefusal(answer)) {
      return new Mapped.Rejected<>("occurred_at", invalid.reason());
    }
    if (when instanceof Converted.Absent && !isRefusal(answer)) {
      return new Mapped.Rejected<>("occurred_at", "is missing: a grant must say when it was given");
    }
    Instant at = when instanceof Converted.Value time ? (Instant) time.value() : future.now();
    return new Mapped.Row<>(
        new LoadedConsent(
            position,
            (String) person.value(),
            (String) purpose.value(),
            answer,
            at,
            evidence(record)));
  }

  private Map<String, Object> evidence(Map<String, Object> record) {
    Map<String, Object> known = new HashMap<>();
    if (evidence.of(record) instanceof Converted.Value given) {
      if (given.value() instanceof Map<?, ?> object) {
        object.forEach((key, value) -> known.put(String.valueOf(key), Storable.of(value)));
      } else if (!PlainText.isBlank(given.value().toString())) {
        known.put("note", Storable.of(given.value()));
      }
    }
    pieces.forEach(
        (name, piece) -> {
          if (piece.of(record) instanceof Converted.Value given
              && !PlainText.isBlank(given.value().toString())) {
            known.put(name, Storable.of(given.value()));
          }
        });
    return known;
  }

  private static boolean isRefusal(ConsentStatus answer) {
    return answer == ConsentStatus.Denied || answer == ConsentStatus.Withdrawn;
  }

  private static ConsentStatus status(Converted.Value text) {
    for (ConsentStatus status : ConsentStatus.values()) {
      if (status.name().equalsIgnoreCase((String) text.value())) {
        return status;
      }
    }
    return null;
  }

  private static Mapped<LoadedConsent> missing(String field, Converted value) {
    return new Mapped.Rejected<>(
        field, value instanceof Converted.Invalid invalid ? invalid.reason() : "is missing");
  }
}
