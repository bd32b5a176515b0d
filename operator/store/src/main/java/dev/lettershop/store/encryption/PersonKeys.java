package dev.lettershop.store.encryption;

import com.google.crypto.tink.subtle.AesGcmJce;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.Protection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Opens what was sealed about some people. Confined to one thread. */
public final class PersonKeys {
  private static final int HEAD = 1 + PersonSeal.SAME_BYTES + PersonSeal.LOCK_BYTES;

  private final Vault vault;
  private final Map<String, String> wrapped;
  private final Map<String, AesGcmJce> open = new HashMap<>();

  /**
   * @param wrapped keys by their locks, as they are stored
   */
  PersonKeys(Vault vault, Map<String, String> wrapped) {
    this.vault = vault;
    this.wrapped = Map.copyOf(wrapped);
  }

  /**
   * The value of an attribute.
   *
   * @param stored as it was read from the database; null stays null
   * @throws KeysetException when there is no key for it
   */
  public Object open(AttributeDefinition attribute, Object stored) {
    if (stored == null || !attribute.encrypted()) {
      return stored;
    }
    String text =
        attribute.protection() == Protection.Deterministic
            ? vault.openDeterministic(attribute.name(), (String) stored)
            : open(attribute.name(), (String) stored);
    return AttributeText.read(attribute.type(), text);
  }

  /** An address as it was given; null stays null. */
  public String email(String stored) {
    return stored == null || !vault.encrypts() ? stored : open("email", stored);
  }

  /** The text of a sealed value. */
  String open(String attribute, String sealed) {
    byte[] all = Base64.getUrlDecoder().decode(sealed);
    if (all.length < HEAD || all[0] != PersonSeal.VERSION) {
      throw new KeysetException(
          "A value that should be encrypted is not in the form that this version writes");
    }
    String lock =
        PersonSeal.BASE64.encodeToString(Arrays.copyOfRange(all, 1 + PersonSeal.SAME_BYTES, HEAD));
    try {
      byte[] text =
          cipher(lock)
              .decrypt(
                  Arrays.copyOfRange(all, HEAD, all.length), PersonSeal.associated(attribute, all));
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      // The cause says nothing more.
      throw new KeysetException(
          "A value of "
              + attribute
              + " cannot be decrypted: it was changed, or belongs to another attribute or person");
    }
  }

  private AesGcmJce cipher(String lock) throws GeneralSecurityException {
    AesGcmJce known = open.get(lock);
    if (known == null) {
      String key = wrapped.get(lock);
      if (key == null) {
        throw new KeysetException("The key of a person was erased: what it sealed is unreadable");
      }
      known = new AesGcmJce(vault.unwrap(lock, key));
      open.put(lock, known);
    }
    return known;
  }
}
