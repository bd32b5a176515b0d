package dev.lettershop.source.connect.jdbc;

import dev.lettershop.source.connect.JsonRecords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Tells rows apart without keeping what they say. */
final class RowDigest {
  private static final int BYTES = 12;

  private RowDigest() {}

  static String of(Map<String, Object> fields) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(JsonRecords.write(fields).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
