package dev.lettershop.delivery.message;

import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes as letters and digits that survive a change of case (RFC 4648 section 6), without padding:
 * servers may change the case of local parts.
 */
final class Base32 {
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int[] VALUES = values();

  private Base32() {}

  static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(length(bytes.length));
    int buffer = 0;
    int bits = 0;
    for (byte value : bytes) {
      buffer = buffer << 8 | value & 0xff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(DIGITS.charAt(buffer >> bits & 31));
      }
    }
    if (bits > 0) {
      text.append(DIGITS.charAt(buffer << 5 - bits & 31));
    }
    return text.toString();
  }

  /** Empty when the text is not what {@link #encode} gives for any bytes, but for its case. */
  static Optional<byte[]> decode(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = text.charAt(i) < VALUES.length ? VALUES[text.charAt(i)] : -1;
      if (value < 0) {
        return Optional.empty();
      }
      buffer = (buffer & 0xff) << 5 | value;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[count++] = (byte) (buffer >> bits);
      }
    }
    boolean clean = length(count) == text.length() && (buffer & (1 << bits) - 1) == 0;
    return clean ? Optional.of(bytes) : Optional.empty();
  }

  /** How many characters so many bytes come to. */
  static int length(int bytes) {
    return (bytes * 8 + 4) / 5;
  }

  private static int[] values() {
    int[] values = new int[128];
    Arrays.fill(values, -1);
    for (int i = 0; i < DIGITS.length(); i++) {
      values[DIGITS.charAt(i)] = i;
      values[Character.toUpperCase(DIGITS.charAt(i))] = i;
    }
    return values;
  }
}
