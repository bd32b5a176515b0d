package dev.lettershop.source.map;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.source.clean.Converted;
import dev.lettershop.store.bounce.BounceKind;
import dev.lettershop.store.load.suppression.LoadedSuppression;
import dev.lettershop.store.suppression.ListEntry;
import dev.lettershop.store.suppression.SuppressionCause;
import dev.lettershop.store.suppression.SuppressionReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Makes a suppression of a record. Fields: the identity key (an address, the SHA-256, SHA-1 or MD5
 * of one in hexadecimal, or a domain as {@code @example.com}), {@code reason}, {@code message} (the
 * kind of the message that caused it), {@code code} (its status code), {@code note} and {@code
 * occurred_at}.
 *
 * <p>A record without an address, hash or domain says nothing and is passed over; one whose address
 * cannot be used is rejected. Whatever else cannot be used is left out and counted, because rather
 * one mail too few is sent than one too many.
 */
public final class SuppressionMapper implements RecordMapper<LoadedSuppression> {
  private static final Pattern CODE = Pattern.compile("[2-5]\\.[0-9]{1,3}\\.[0-9]{1,3}");

  private final FutureTimes future;
  private final DroppedValues dropped = new DroppedValues();
  private final Field entry;
  private final Field reason;
  private final Field message;
  private final Field code;
  private final Field note;
  private final Field occurredAt;

  /**
   * @param identityKey field that says which address or domain
   */
  public SuppressionMapper(FutureTimes future, String identityKey, Fields fields) {
    this.future = future;
    this.entry = fields.plain(identityKey, AttributeType.String);
    this.reason = fields.plain("reason", AttributeType.String);
    this.message = fields.plain("message", AttributeType.String);
    this.code = fields.plain("code", AttributeType.String);
    this.note = fields.plain("note", AttributeType.String);
    this.occurredAt = fields.field("occurred_at", AttributeType.Timestamp);
  }

  /** None: what else the record holds is the business of another source. */
  @Override
  public Map<String, Long> unknownColumns() {
    return Map.of();
  }

  @Override
  public DroppedValues dropped() {
    return dropped;
  }

  @Override
  public Mapped<LoadedSuppression> map(String position, Map<String, Object> record) {
    Converted given = entry.of(record);
    if (given instanceof Converted.Absent) {
      return new Mapped.Nothing<>();
    }
    if (!(given instanceof Converted.Value text)) {
      return new Mapped.Rejected<>(entry.name(), ((Converted.Invalid) given).reason());
    }
    Optional<ListEntry> who = ListEntry.of((String) text.value());
    if (who.isEmpty()) {
      return new Mapped.Rejected<>(
          entry.name(),
          "is neither an address, nor a SHA-256, SHA-1 or MD5 hash, nor a domain as @example.com");
    }
    return new Mapped.Row<>(
        new LoadedSuppression(
            position,
            who.get(),
            known(reason, position, record, SuppressionReasons::of, "is not a known reason")
                .orElse(SuppressionReason.Other),
            known(
                    message,
                    position,
                    record,
                    SuppressionMapper::kind,
                    "is none of Hard, Soft, Policy, Complaint")
                .orElse(null),
            known(
                    code,
                    position,
                    record,
                    value -> Optional.of(value).filter(c -> CODE.matcher(c).matches()),
                    "is not a status code such as 5.1.1")
                .orElse(null),
            known(
                    note,
                    position,
                    record,
                    value -> Optional.of(value).filter(SuppressionMapper::fits),
                    "is longer than " + SuppressionCause.MAX_NOTE + " characters")
                .orElse(null),
            since(position, record)));
  }

  private <T> Optional<T> known(
      Field field,
      String position,
      Map<String, Object> record,
      Function<String, Optional<T>> meaning,
      String fault) {
    Converted value = field.of(record);
    if (value instanceof Converted.Absent) {
      return Optional.empty();
    }
    Optional<T> meant =
        value instanceof Converted.Value text
            ? meaning.apply((String) text.value())
            : Optional.empty();
    if (meant.isEmpty()) {
      dropped.drop(
          field.name(),
          position,
          value instanceof Converted.Invalid invalid ? invalid.reason() : fault);
    }
    return meant;
  }

  private static boolean fits(String note) {
    return note.length() <= SuppressionCause.MAX_NOTE;
  }

  private static Optional<String> kind(String text) {
    return Arrays.stream(BounceKind.values())
        .map(BounceKind::name)
        .filter(name -> name.equalsIgnoreCase(text))
        .findFirst();
  }

  private Instant since(String position, Map<String, Object> record) {
    Converted when = future.past(occurredAt.of(record));
    if (when instanceof Converted.Value time) {
      return (Instant) time.value();
    }
    if (when instanceof Converted.Invalid invalid) {
      dropped.drop(occurredAt.name(), position, invalid.reason());
    }
    return future.now();
  }
}
