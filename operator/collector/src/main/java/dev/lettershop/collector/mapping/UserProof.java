package dev.lettershop.collector.mapping;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether the shop's server vouches for a user id that a browser has sent: {@code context.userHash}
 * is the HMAC-SHA-256 of the user id, in hexadecimal digits.
 */
final class UserProof {
  private static final String ALGORITHM = "HmacSHA256";

  private final Supplier<String> key;

  UserProof(Supplier<String> key) {
    this.key = key;
  }

  boolean holds(Call call) {
    if (call.user() == null || !(call.object("context").get("userHash") instanceof String hash)) {
      return false;
    }
    String secret = key.get();
    if (secret.isEmpty()) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] expected = mac.doFinal(call.user().getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(expected, HexFormat.of().parseHex(hash));
    } catch (IllegalArgumentException notHexadecimal) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }
}
