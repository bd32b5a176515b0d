package dev.lettershop.collector.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 in hexadecimal digits. */
final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  private Hmac() {}

  /** Whether {@code signature} is the one of the parts, written one after the other. */
  static boolean matches(String key, String signature, byte[]... parts) {
    if (key.isEmpty() || signature == null) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return MessageDigest.isEqual(mac.doFinal(), HexFormat.of().parseHex(signature));
    } catch (IllegalArgumentException notHexadecimal) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }
}
