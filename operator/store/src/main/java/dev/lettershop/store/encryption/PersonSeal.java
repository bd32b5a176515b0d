package dev.lettershop.store.encryption;

import com.google.crypto.tink.subtle.Random;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A fresh key for what one record says about one person. Everything that it encrypts names it by
 * its lock; whoever erases the wrapped key makes all of that unreadable, wherever copies of it are.
 *
 * <p>What is sealed is bound to its attribute: the associated data is the head (what stands before
 * the nonce) and the attribute's name, so that neither can be exchanged.
 *
 * <p>A sealed value is Base64 (URL-safe, unpadded) of: a byte 1, eight bytes that are equal when
 * the same source says the same again, the lock (nine bytes), and what AES-256-GCM makes of the
 * text (nonce, cipher text, tag). So its first {@value #SAME} characters tell whether something has
 * changed, and the next {@value #LOCK} name the key.
 *
 * <p>Nonces count up from 0: no other seal has the key, and a random one for each value would be a
 * tenth of what sealing costs. Not thread-safe.
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
  static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int HEAD_BYTES = 1 + SAME_BYTES + LOCK_BYTES + NONCE_BYTES;

  private static final ThreadLocal<Cipher> CIPHER =
      ThreadLocal.withInitial(
          () -> {
            try {
              return Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
              throw new IllegalStateException("Every Java platform has AES-GCM", e);
            }
          });

  private final Vault vault;
  private final String owner;
  private final byte[] lock;
  private final byte[] key;
  private final String lockText;
  private int sealed;

  /**
   * @param owner what the source knows the person by
   */
  PersonSeal(Vault vault, String owner) {
    this.vault = vault;
    this.owner = owner;
    byte[] random = Random.randBytes(LOCK_BYTES + KEY_BYTES);
    this.lock = Arrays.copyOf(random, LOCK_BYTES);
    this.key = Arrays.copyOfRange(random, LOCK_BYTES, random.length);
    this.lockText = BASE64.encodeToString(lock);
  }

  /** Names the key; tells nothing about it. */
  public String lock() {
    return lockText;
  }

  /** Whether it has sealed anything. */
  public boolean isUsed() {
    return sealed > 0;
  }

  /** The key, encrypted with the store's. */
  public String wrapped() {
    return vault.wrap(lockText, key);
  }

  /**
   * What a sealed value is bound to.
   *
   * @param sealed begins with the head
   */
  static byte[] associated(String attribute, byte[] sealed) {
    byte[] name = ("lettershop/attribute/" + attribute).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEAD_BYTES - NONCE_BYTES + name.length)
        .put(sealed, 0, HEAD_BYTES - NONCE_BYTES)
        .put(name)
        .array();
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
    byte[] clear = text.getBytes(StandardCharsets.UTF_8);
    byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(0, sealed++).array();
    byte[] all = new byte[HEAD_BYTES + clear.length + TAG_BYTES];
    ByteBuffer.wrap(all)
        .put(VERSION)
        .put(vault.fingerprint(attribute, owner, text, SAME_BYTES))
        .put(lock)
        .put(nonce);
    try {
      Cipher cipher = CIPHER.get();
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(8 * TAG_BYTES, nonce));
      cipher.updateAAD(associated(attribute, all));
      cipher.doFinal(clear, 0, clear.length, all, HEAD_BYTES);
      return BASE64.encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM encrypts every text", e);
    }
  }
}
