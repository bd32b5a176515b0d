package dev.lettershop.store.encryption;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * A fresh key for what one record says about one person. Everything that it encrypts names it by
 * its lock; whoever erases the wrapped key makes all of that unreadable, wherever copies of it are.
 *
 * <p>A sealed value is Base64 (URL-safe, unpadded) of: a byte 1, eight bytes that are equal when
 * the same source says the same again, the lock (nine bytes), and what AES-256-GCM makes of the
 * text (nonce, cipher text, tag). So its first {@value #SAME} characters tell whether something has
 * changed, and the next {@value #LOCK} name the key.
 */
public final class PersonSeal {
  /** Characters of a sealed value that are equal when the source says the same again. */
  public static final int SAME = 12;

  /** Characters of a lock. */
  public static final int LOCK = 12;

  static final byte VERSION = 1;
  static final int SAME_BYTES = 8;
  static final int LOCK_BYTES = 9;
  static final int KEY_BYTES = 32;
  static final byte[] ASSOCIATED = "lettershop/attribute".getBytes(StandardCharsets.UTF_8);
  static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final Vault vault;
  private final String owner;
  private final byte[] lock = Random.randBytes(LOCK_BYTES);
  private final byte[] key = Random.randBytes(KEY_BYTES);
  private final String lockText = BASE64.encodeToString(lock);
  private final AesGcmJce cipher;
  private boolean used;

  /**
   * @param owner what the source knows the person by
   */
  PersonSeal(Vault vault, String owner) {
    this.vault = vault;
    this.owner = owner;
    try {
      this.cipher = new AesGcmJce(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM takes every key of 32 bytes", e);
    }
  }

  /** Names the key; tells nothing about it. */
  public String lock() {
    return lockText;
  }

  /** Whether it has sealed anything. */
  public boolean isUsed() {
    return used;
  }

  /** The key, encrypted with the store's. */
  public String wrapped() {
    return vault.wrap(lockText, key);
  }

  /**
   * Encrypts a value.
   *
   * @param value in memory as {@link dev.lettershop.profile.ProfileSchema} has it; null stays null
   */
  public String seal(String attribute, Object value) {
    if (value == null) {
      return null;
    }
    String text = AttributeText.of(value);
    used = true;
    try {
      byte[] sealed = cipher.encrypt(text.getBytes(StandardCharsets.UTF_8), ASSOCIATED);
      byte[] same = vault.fingerprint(attribute, owner, text, SAME_BYTES);
      byte[] all = new byte[1 + SAME_BYTES + LOCK_BYTES + sealed.length];
      all[0] = VERSION;
      System.arraycopy(same, 0, all, 1, SAME_BYTES);
      System.arraycopy(lock, 0, all, 1 + SAME_BYTES, LOCK_BYTES);
      System.arraycopy(sealed, 0, all, 1 + SAME_BYTES + LOCK_BYTES, sealed.length);
      return BASE64.encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM encrypts every text", e);
    }
  }
}
