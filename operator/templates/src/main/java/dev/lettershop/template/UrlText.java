package dev.lettershop.template;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Makes a value fit for a part of an address. */
final class UrlText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UrlText() {}

  /** Percent-encodes everything but the unreserved characters, as UTF-8 (RFC 3986 §2.1, §2.3). */
  static String encode(String value) {
    int i = 0;
    while (i < value.length() && isUnreserved(value.charAt(i))) {
      i++;
    }
    if (i == value.length()) {
      return value;
    }
    StringBuilder encoded = new StringBuilder(value.length() + 16);
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if (isUnreserved(c)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
