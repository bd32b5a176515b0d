package dev.lettershop.source.connect;

import java.util.Map;
import java.util.Objects;

/**
 * One record of a source, or something that cannot be read as one.
 *
 * @param place where it stands, such as {@code orders/0:1234}; without personal data
 * @param fields by name: text, {@code Long}, {@code Double}, {@code Boolean}, {@code Instant},
 *     lists and maps of these; null when the record is broken
 * @param fault what is wrong with it, without its values; null when it is not broken
 * @param raw what was read in place of a record, or null; may hold personal data
 */
public record PulledRecord(String place, Map<String, Object> fields, String fault, String raw) {
  public PulledRecord {
    Objects.requireNonNull(place);
    if ((fields == null) == (fault == null)) {
      throw new IllegalArgumentException("Either fields or a fault");
    }
  }

  public static PulledRecord of(String place, Map<String, Object> fields) {
    return new PulledRecord(place, fields, null, null);
  }

  public static PulledRecord broken(String place, String fault, String raw) {
    return new PulledRecord(place, null, fault, raw);
  }

  public boolean isBroken() {
    return fields == null;
  }

  /** Without what it says: that may be personal. */
  @Override
  public String toString() {
    return "PulledRecord[" + place + "]";
  }
}
