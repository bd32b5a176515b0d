package dev.lettershop.source.connect.jdbc;

import dev.lettershop.encoding.Sha256;
import dev.lettershop.source.connect.JsonRecords;
import java.util.Map;

/** Tells rows apart without keeping what they say. */
final class RowDigest {
  private static final int BYTES = 12;

  private RowDigest() {}

  static String of(Map<String, Object> fields) {
    return Sha256.hex(JsonRecords.write(fields), BYTES);
  }
}
