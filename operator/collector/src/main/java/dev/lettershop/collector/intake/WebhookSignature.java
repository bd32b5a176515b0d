package dev.lettershop.collector.intake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a request as Standard Webhooks has it: HMAC-SHA-256 over id, timestamp and body,
 * in version {@code v1}.
 *
 * @param id of the message, the same each time it is sent again
 * @param timestamp seconds since 1970, in digits
 * @param signatures one or more, separated by spaces; during a change of keys there are two
 */
record WebhookSignature(String id, String timestamp, String signatures) {
  /** How far the sender's clock may be from ours; a request is signed anew each time. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";
  private static final String VERSION = "v1,";
  private static final String PREFIX = "whsec_";
  private static final int LONGEST_ID = 190;

  /**
   * @throws Refusal with 401 when what it is made of is missing, or it was made at another time
   */
  static WebhookSignature of(String id, String timestamp, String signatures, Instant now)
      throws Refusal {
    if (id == null || id.isBlank() || id.length() > LONGEST_ID) {
      throw new Refusal(
          401, "the header webhook-id is missing or longer than " + LONGEST_ID + " characters");
    }
    if (timestamp == null || !timestamp.matches("[0-9]{1,11}")) {
      throw new Refusal(401, "the header webhook-timestamp is missing or not in seconds");
    }
    Duration away = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
    if (away.compareTo(TOLERANCE) > 0) {
      throw new Refusal(
          401, "webhook-timestamp is more than " + TOLERANCE.toMinutes() + " minutes from now");
    }
    if (signatures == null) {
      throw new Refusal(401, "the header webhook-signature is missing");
    }
    return new WebhookSignature(id, timestamp, signatures);
  }

  /**
   * Whether it was made with a key.
   *
   * @param key base64, with or without {@code whsec_}; nothing was made with an empty one
   */
  boolean isOf(String key, byte[] body) {
    byte[] secret = decoded(key);
    if (secret.length == 0) {
      return false;
    }
    byte[] expected = hmac(secret, body);
    boolean found = false;
    for (String signature : signatures.split(" ")) {
      found |=
          signature.startsWith(VERSION)
              && MessageDigest.isEqual(expected, decoded(signature.substring(VERSION.length())));
    }
    return found;
  }

  private byte[] hmac(byte[] secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  private static byte[] decoded(String text) {
    try {
      String stripped = text.strip();
      return Base64.getDecoder()
          .decode(stripped.startsWith(PREFIX) ? stripped.substring(PREFIX.length()) : stripped);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }
}
