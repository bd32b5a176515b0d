package dev.lettershop.store.encryption;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.prf.PrfSet;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.store.address.EmailKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What encrypts personal data on its way into one store, and decrypts it on its way out; or leaves
 * it as it is, in a store that does not encrypt. Thread-safe.
 */
public final class Vault {
  /** Leaves everything as it is. */
  public static final Vault NONE = new Vault(Set.of(), null);

  private static final byte[] BYTES = bytes("lettershop/bytes");
  private static final byte[] TEXT = bytes("lettershop/text");
  private static final int TOKEN_BYTES = 16;
  private static final String SEALED_TEXT = "sealed:";

  private final Set<String> encrypted;
  private final Supplier<byte[]> file;
  private volatile Keys keys;

  private record Keys(
      Keyset keyset,
      Aead aead,
      DeterministicAead deterministic,
      List<DeterministicAead> each,
      PrfSet prf) {
    static Keys of(Keyset keyset) {
      return new Keys(
          keyset, keyset.aead(), keyset.deterministic(), keyset.eachDeterministic(), keyset.prf());
    }
  }

  private Vault(Set<String> encrypted, Supplier<byte[]> file) {
    this.encrypted = encrypted;
    this.file = file;
    this.keys = file == null ? null : Keys.of(Keyset.parse(file.get()));
  }

  /**
   * @param schema says which attributes are encrypted
   * @param file the keyset as the Secret holds it; read again when something is met that an earlier
   *     one cannot decrypt
   * @throws KeysetException when it is none
   */
  public static Vault of(ProfileSchema schema, Supplier<byte[]> file) {
    Set<String> encrypted =
        schema.attributes().values().stream()
            .filter(AttributeDefinition::encrypted)
            .map(AttributeDefinition::name)
            .collect(Collectors.toUnmodifiableSet());
    return encrypted.isEmpty() ? NONE : new Vault(encrypted, file);
  }

  /** Whether this store encrypts. */
  public boolean encrypts() {
    return keys != null;
  }

  /** Whether the values of an attribute, and identities of that kind, are encrypted. */
  public boolean encrypts(String attribute) {
    return encrypted.contains(attribute);
  }

  /** The keys, without their secrets. */
  public Keyset keyset() {
    return keys.keyset();
  }

  /**
   * What an address is found by. The domain stays in clear: relays are treated by it.
   *
   * @param key the address as it is compared
   */
  public String address(String key) {
    if (!encrypts() || key.indexOf('@') < 0) {
      return key;
    }
    return addressToken(EmailKey.hash(key)) + key.substring(key.lastIndexOf('@'));
  }

  /**
   * What an address is found by, without its domain.
   *
   * @param digest SHA-256 of the address as it is compared: lists from elsewhere hold it
   */
  public String addressToken(byte[] digest) {
    return token("email", HexFormat.of().formatHex(digest));
  }

  /**
   * What an identity is found by.
   *
   * @param kind such as {@code customer_id}, or the name of an attribute
   * @param value as it is compared
   */
  public String identity(String kind, String value) {
    if (!encrypts(kind)) {
      return value;
    }
    return kind.equals("email") ? address(value) : token(kind, value);
  }

  private String token(String kind, String value) {
    return PersonSeal.BASE64.encodeToString(compute(TOKEN_BYTES, "identity", kind, value));
  }

  byte[] fingerprint(String attribute, String owner, String text, int length) {
    return compute(length, "same", attribute, String.valueOf(owner), text);
  }

  private byte[] compute(int length, String... parts) {
    try {
      return keys.prf().computePrimary(bytes(String.join("\0", parts)), length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The function takes every input", e);
    }
  }

  /** A key for what one record says about one person. */
  public PersonSeal seal(String owner) {
    return new PersonSeal(this, owner);
  }

  /** Opens what was sealed, with the keys that are stored for it. */
  public PersonKeys open(Map<String, String> wrapped) {
    return new PersonKeys(this, wrapped);
  }

  /**
   * A value of a deterministic attribute, as it is stored; null stays null. Equal values of two
   * attributes are not equal.
   */
  public String deterministic(String attribute, Object value) {
    return value == null ? null : deterministic(keys.deterministic(), attribute, value);
  }

  /** All that a value of a deterministic attribute can be stored as, while keys are rotated. */
  public List<String> eachDeterministic(String attribute, Object value) {
    return keys.each().stream().map(key -> deterministic(key, attribute, value)).toList();
  }

  private static byte[] boundTo(String attribute) {
    return bytes("lettershop/deterministic/" + attribute);
  }

  private static String deterministic(DeterministicAead key, String attribute, Object value) {
    try {
      return PersonSeal.BASE64.encodeToString(
          key.encryptDeterministically(bytes(AttributeText.of(value)), boundTo(attribute)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-SIV encrypts every text", e);
    }
  }

  String openDeterministic(String attribute, String stored) {
    byte[] sealed = decoded(stored);
    return new String(
        opened(all -> all.deterministic().decryptDeterministically(sealed, boundTo(attribute))),
        StandardCharsets.UTF_8);
  }

  /** The same value under the key that is primary now; itself when it is already. */
  public String renewedDeterministic(String attribute, String stored) {
    return deterministic(attribute, openDeterministic(attribute, stored));
  }

  /** The same key of a person under the store's key that is primary now. */
  public String rewrapped(String lock, String wrapped) {
    return wrap(lock, unwrap(lock, wrapped));
  }

  /** Text that belongs to no known person, such as a quarantined row; null stays null. */
  public String sealText(String text) {
    if (text == null || !encrypts()) {
      return text;
    }
    try {
      return SEALED_TEXT + PersonSeal.BASE64.encodeToString(keys.aead().encrypt(bytes(text), TEXT));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM encrypts every text", e);
    }
  }

  /** What {@link #sealText} has sealed; text that was not sealed stays as it is. */
  public String openText(String stored) {
    if (stored == null || !encrypts() || !stored.startsWith(SEALED_TEXT)) {
      return stored;
    }
    byte[] sealed = decoded(stored.substring(SEALED_TEXT.length()));
    return new String(opened(all -> all.aead().decrypt(sealed, TEXT)), StandardCharsets.UTF_8);
  }

  /** The same as {@link #sealText}, for bytes. */
  public byte[] sealBytes(byte[] bytes) {
    if (!encrypts()) {
      return bytes;
    }
    try {
      return keys.aead().encrypt(bytes, BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM encrypts every input", e);
    }
  }

  /** What {@link #sealBytes} has sealed; where nothing is encrypted, the bytes as they are. */
  public byte[] openBytes(byte[] stored) {
    return encrypts() ? opened(all -> all.aead().decrypt(stored, BYTES)) : stored;
  }

  String wrap(String lock, byte[] key) {
    try {
      return PersonSeal.BASE64.encodeToString(keys.aead().encrypt(key, bytes(lock)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM encrypts every key", e);
    }
  }

  byte[] unwrap(String lock, String wrapped) {
    byte[] sealed = decoded(wrapped);
    return opened(all -> all.aead().decrypt(sealed, bytes(lock)));
  }

  /** Which of the store's keys has wrapped a person's key, or encrypted a deterministic value. */
  public static long keyId(String stored) {
    byte[] head = decoded(stored.substring(0, 8));
    // Tink puts a byte 1 and the key's number, four bytes, in front of every cipher text.
    return ((head[1] & 0xffL) << 24)
        | ((head[2] & 0xffL) << 16)
        | ((head[3] & 0xffL) << 8)
        | (head[4] & 0xffL);
  }

  @FunctionalInterface
  private interface Opening {
    byte[] with(Keys keys) throws GeneralSecurityException;
  }

  /** Tries again with the keys that the Secret has by now: a rotation may have come meanwhile. */
  private byte[] opened(Opening opening) {
    try {
      return opening.with(keys);
    } catch (GeneralSecurityException e) {
      Keys newest = Keys.of(Keyset.parse(file.get()));
      try {
        byte[] text = opening.with(newest);
        keys = newest;
        return text;
      } catch (GeneralSecurityException again) {
        // The cause says nothing more.
        throw new KeysetException(
            "Something in the store is encrypted with a key that the keyset does not hold, or was"
                + " moved from another attribute; keep every key that was ever primary in the"
                + " Secret, and try again with the newest one");
      }
    }
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new KeysetException("A value that should be encrypted is in clear");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
