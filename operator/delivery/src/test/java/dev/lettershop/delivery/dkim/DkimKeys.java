package dev.lettershop.delivery.dkim;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.Base64;

/** Keys for tests, and how they are written. */
final class DkimKeys {
  private DkimKeys() {}

  static KeyPair rsa(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  static KeyPair ed25519() throws GeneralSecurityException {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  static String pkcs8(KeyPair pair) {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  /** What {@code openssl genrsa -traditional} writes: PKCS #8 without its first 26 bytes. */
  static String pkcs1(KeyPair pair) {
    byte[] pkcs8 = pair.getPrivate().getEncoded();
    byte[] modulus = ((RSAPrivateKey) pair.getPrivate()).getModulus().toByteArray();
    if (new BigInteger(modulus).bitLength() < 1024) {
      throw new IllegalArgumentException("shorter keys have a shorter head");
    }
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
  }

  static String pem(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** The TXT record of a key (RFC 6376 section 3.6.1, RFC 8463 section 4). */
  static String record(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (key.getAlgorithm().equals("RSA")) {
      return "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(encoded);
    }
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return "v=DKIM1; k=ed25519; p=" + Base64.getEncoder().encodeToString(raw);
  }
}
