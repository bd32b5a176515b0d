package dev.lettershop.delivery.message;

import dev.lettershop.encoding.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys with which tokens are signed (HMAC-SHA256, RFC 2104). The first one signs, all of them
 * verify, so that a key can be replaced while mails that were signed with it are still read. A
 * token names its key by the first byte of the key's hash. Thread-safe.
 */
public final class LinkKeys {
  /** The shortest key that is taken, in bytes. */
  public static final int SHORTEST = 16;

  private final List<Key> keys;

  private record Key(byte id, SecretKeySpec secret) {}

  private LinkKeys(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads keys from text: one a line, the newest first. Blank lines count for nothing.
   *
   * @throws IllegalArgumentException when there is none, or one is too short
   */
  public static LinkKeys parse(String text) {
    List<Key> keys = new ArrayList<>();
    for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      if (bytes.length < SHORTEST) {
        throw new IllegalArgumentException(
            "The link key in line "
                + (keys.size() + 1)
                + " has "
                + bytes.length
                + " bytes; use at least "
                + SHORTEST
                + " random ones, such as \"openssl rand -base64 32\" gives");
      }
      keys.add(new Key(Sha256.of(bytes)[0], new SecretKeySpec(bytes, "HmacSHA256")));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no link key; use the output of \"openssl rand -base64 32\"");
    }
    return new LinkKeys(keys);
  }

  /**
   * A token: the key's id, what is signed, and the tag.
   *
   * @param purpose what it is good for; a token for one purpose is none for another
   * @param tagLength in bytes, 10 to 32 (RFC 2104 section 5)
   */
  byte[] sign(String purpose, byte[] payload, int tagLength) {
    Key key = keys.get(0);
    byte[] token = new byte[1 + payload.length + tagLength];
    token[0] = key.id();
    System.arraycopy(payload, 0, token, 1, payload.length);
    byte[] tag = tag(key, purpose, token, 1 + payload.length);
    System.arraycopy(tag, 0, token, 1 + payload.length, tagLength);
    return token;
  }

  /**
   * What was signed, when one of the keys has signed it for this purpose. Takes the same time for
   * every wrong tag.
   */
  Optional<byte[]> verify(String purpose, byte[] token, int tagLength) {
    int signed = token.length - tagLength;
    if (signed < 1) {
      return Optional.empty();
    }
    byte[] given = Arrays.copyOfRange(token, signed, token.length);
    for (Key key : keys) {
      if (key.id() == token[0]) {
        byte[] tag = Arrays.copyOf(tag(key, purpose, token, signed), tagLength);
        if (MessageDigest.isEqual(given, tag)) {
          return Optional.of(Arrays.copyOfRange(token, 1, signed));
        }
      }
    }
    return Optional.empty();
  }

  private static byte[] tag(Key key, String purpose, byte[] token, int signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key.secret());
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(token, 0, signed);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime cannot compute HMAC-SHA256", e);
    }
  }
}
