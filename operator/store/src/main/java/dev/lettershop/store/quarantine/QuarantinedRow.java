package dev.lettershop.store.quarantine;

import java.time.Instant;

/**
 * A record set aside.
 *
 * @param position where it stands in its source, such as {@code customers.csv:17}, or null
 * @param field the field at fault, or null when it is the record as a whole
 * @param reason what is wrong, without personal data
 * @param raw the record, as a JSON object where it could be read as such; personal data; or null
 * @param refused whether the sync that met it was refused as a whole, so that nothing was loaded
 */
public record QuarantinedRow(
    long id,
    String source,
    String position,
    String field,
    String reason,
    String raw,
    Instant createdAt,
    boolean refused) {
  /** Without the record: that may be personal. */
  @Override
  public String toString() {
    return "QuarantinedRow[" + source + " " + position + "]";
  }
}
