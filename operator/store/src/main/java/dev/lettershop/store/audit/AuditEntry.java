package dev.lettershop.store.audit;

import dev.lettershop.encoding.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One row of the audit log.
 *
 * <p>Its hash is the SHA-256 over the UTF-8 bytes of its canonical form: the fields {@code
 * previous} (hexadecimal), {@code id}, {@code occurredAt} (UTC, with six decimals, as in {@code
 * 2026-11-30T09:00:00.000000Z}), {@code action}, {@code actor}, {@code profileId} and {@code
 * detail} (as PostgreSQL writes jsonb), joined by commas. Each field is its length in bytes of
 * UTF-8, a colon and its text; an absent one is {@code -}.
 *
 * @param id one more than that of the row before
 * @param occurredAt in whole microseconds
 * @param action what was done, such as {@code profile.merged}
 * @param actor who did it, such as {@code source/crm} or {@code user/ada}
 * @param profileId whom it was done to; null when it is about no single person
 * @param detail JSON without personal data, or null
 * @param previous hash of the row before, in hexadecimal; of the first row 64 zeros
 * @param hash of this row, in hexadecimal
 */
public record AuditEntry(
    long id,
    Instant occurredAt,
    String action,
    String actor,
    Long profileId,
    String detail,
    String previous,
    String hash) {

  /** What the first row has before it. */
  public static final String NOTHING = "0".repeat(64);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** The hash that the content comes to. */
  public String expectedHash() {
    String canonical =
        Stream.of(
                field(previous),
                field(Long.toString(id)),
                field(TIME.format(occurredAt)),
                field(action),
                field(actor),
                field(profileId == null ? null : profileId.toString()),
                field(detail))
            .collect(Collectors.joining(","));
    return Sha256.hex(canonical);
  }

  private static String field(String text) {
    return text == null ? "-" : text.getBytes(StandardCharsets.UTF_8).length + ":" + text;
  }
}
