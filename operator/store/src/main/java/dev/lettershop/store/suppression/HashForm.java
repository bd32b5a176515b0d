package dev.lettershop.store.suppression;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a list from elsewhere hashes its addresses, which are trimmed and in lower case. The names
 * stand in the database.
 */
public enum HashForm {
  Sha256("SHA-256", 64),
  Sha1("SHA-1", 40),
  Md5("MD5", 32);

  private final String algorithm;
  private final int digits;

  HashForm(String algorithm, int digits) {
    this.algorithm = algorithm;
    this.digits = digits;
  }

  /** The form whose hashes have so many hexadecimal digits. */
  static Optional<HashForm> withDigits(int digits) {
    return Arrays.stream(values()).filter(form -> form.digits == digits).findFirst();
  }

  /**
   * What a list has of an address.
   *
   * @param address as it is compared
   */
  public byte[] digest(String address) {
    try {
      return MessageDigest.getInstance(algorithm).digest(address.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has " + algorithm, e);
    }
  }
}
