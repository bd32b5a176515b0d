package dev.lettershop.delivery.message;

import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.subtle.AesSiv;
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

  /**
   * @param mac ready to sign; copied for each token, which costs less than to set one up
   * @param sealing what texts inside a token are encrypted with, by a key of its own
   */
  private record Key(byte id, Mac mac, DeterministicAead sealing) {
    static Key of(byte[] bytes) {
      SecretKeySpec secret = new SecretKeySpec(bytes, "HmacSHA256");
      return new Key(Sha256.of(bytes)[0], mac(secret), sealing(secret));
    }

    private static Mac mac(SecretKeySpec secret) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(secret);
        return mac;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("This Java runtime cannot compute HMAC-SHA256", e);
      }
    }

    private static DeterministicAead sealing(SecretKeySpec secret) {
      try {
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(secret);
        return new AesSiv(mac.doFinal("lettershop sealed link".getBytes(StandardCharsets.UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("This Java runtime cannot compute AES-SIV", e);
      }
    }
  }

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
      keys.add(Key.of(bytes));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "No link key is given; use the output of \"openssl rand -base64 32\"");
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

  /**
   * A token of which a part is encrypted (AES-SIV, RFC 5297), so that equal texts give equal
   * tokens: the key's id, the head in clear, and the sealed text, which also is the signature of
   * all of it.
   *
   * @param purpose what it is good for; a token for one purpose is none for another
   */
  byte[] seal(String purpose, byte[] head, byte[] text) {
    Key key = keys.get(0);
    byte[] clear = new byte[1 + head.length];
    clear[0] = key.id();
    System.arraycopy(head, 0, clear, 1, head.length);
    try {
      byte[] sealed = key.sealing().encryptDeterministically(text, context(purpose, clear));
      byte[] token = Arrays.copyOf(clear, clear.length + sealed.length);
      System.arraycopy(sealed, 0, token, clear.length, sealed.length);
      return token;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime cannot compute AES-SIV", e);
    }
  }

  /**
   * The sealed text of a token, when one of the keys has sealed it with this head for this purpose.
   *
   * @param headLength bytes of the head, without the key's id
   */
  Optional<byte[]> open(String purpose, byte[] token, int headLength) {
    if (token.length < 1 + headLength) {
      return Optional.empty();
    }
    byte[] clear = Arrays.copyOf(token, 1 + headLength);
    byte[] sealed = Arrays.copyOfRange(token, 1 + headLength, token.length);
    for (Key key : keys) {
      if (key.id() == token[0]) {
        try {
          return Optional.of(
              key.sealing().decryptDeterministically(sealed, context(purpose, clear)));
        } catch (GeneralSecurityException notOfThisKey) {
          continue;
        }
      }
    }
    return Optional.empty();
  }

  private static byte[] context(String purpose, byte[] clear) {
    byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
    byte[] context = Arrays.copyOf(name, name.length + 1 + clear.length);
    System.arraycopy(clear, 0, context, name.length + 1, clear.length);
    return context;
  }

  private static byte[] tag(Key key, String purpose, byte[] token, int signed) {
    try {
      Mac mac = (Mac) key.mac().clone();
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(token, 0, signed);
      return mac.doFinal();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("This Java runtime cannot copy HMAC-SHA256", e);
    }
  }
}
