package dev.lettershop.template.value;

import dev.lettershop.template.model.Token;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** Makes a value fit for a part of an address. */
public final class UrlText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private static final Set<String> FOLLOWED = Set.of("http", "https", "mailto", "tel", "sms");

  private UrlText() {}

  /** Makes a value fit for a place that {@link Token.Form#isForAddress()}. */
  public static String encode(Token.Form form, String value) {
    return switch (form) {
      case Url -> encode(value);
      case Address -> address(value);
      case Phone -> phone(value);
      case Mailbox -> encode(value.strip(), "@!$*+");
      case Digits -> digits(value);
      default -> throw new IllegalArgumentException("Not a place in an address: " + form);
    };
  }

  /** The address, or nothing when following it would do something else than open a page. */
  private static String address(String value) {
    String address = value.strip();
    int end = 0;
    while (end < address.length() && ":/?#".indexOf(address.charAt(end)) < 0) {
      end++;
    }
    boolean scheme = end < address.length() && address.charAt(end) == ':';
    if (scheme && !FOLLOWED.contains(address.substring(0, end).toLowerCase(Locale.ROOT))) {
      return "";
    }
    return encode(address, RESERVED + "%");
  }

  private static final String RESERVED = ":/?#[]@!$&'()*+,;=";

  /** Percent-encodes what an address cannot hold, and leaves its structure alone. */
  public static String escape(String value) {
    return encode(value, RESERVED + "%");
  }

  /** Without white space; what cannot be dialled is left out (RFC 3966 §3). */
  private static String phone(String value) {
    StringBuilder number = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '#') {
        number.append("%23");
      } else if (c >= '0' && c <= '9' || "+-.()*".indexOf(c) >= 0) {
        number.append(c);
      }
    }
    return number.toString();
  }

  private static String digits(String value) {
    StringBuilder digits = new StringBuilder(value.length());
    value.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
    return digits.toString();
  }

  /** Percent-encodes everything but the unreserved characters, as UTF-8 (RFC 3986 §2.1, §2.3). */
  public static String encode(String value) {
    return encode(value, "");
  }

  private static String encode(String value, String kept) {
    int i = 0;
    while (i < value.length() && isKept(value.charAt(i), kept)) {
      i++;
    }
    if (i == value.length()) {
      return value;
    }
    StringBuilder encoded = new StringBuilder(value.length() + 16);
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if (isKept(c, kept)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return encoded.toString();
  }

  private static boolean isKept(char c, String kept) {
    return isUnreserved(c) || c < 0x80 && kept.indexOf(c) >= 0;
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
