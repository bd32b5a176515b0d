package dev.lettershop.delivery.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;

/**
 * A private key that can sign. Immutable.
 *
 * @param bits of an RSA key's modulus, 256 for Ed25519
 */
public record DkimPrivateKey(DkimAlgorithm algorithm, PrivateKey key, int bits) {
  /** RFC 8301 section 3.2: verifiers take no shorter ones for valid. */
  private static final int SHORTEST = 1024;

  /** RFC 8301 section 3.2: what signers should use at least. */
  private static final int RECOMMENDED = 2048;

  /** RFC 8301 section 3.2: verifiers need not take longer ones. */
  private static final int LONGEST = 4096;

  private static final String REMEDY =
      "; make one with \"openssl genrsa -out private.pem 2048\" or"
          + " \"openssl genpkey -algorithm ed25519 -out private.pem\"";

  /**
   * Reads a key in PEM: RSA as PKCS #1 or PKCS #8, Ed25519 as PKCS #8 (RFC 8410).
   *
   * @param pem the file's text
   * @throws InvalidDkimKeyException when it is none, or one that must not be used
   */
  public static DkimPrivateKey parse(String pem) throws InvalidDkimKeyException {
    PemBlock block = PemBlock.privateKey(pem);
    byte[] pkcs8 = block.isPkcs1() ? Der.pkcs8OfRsa(block.content()) : block.content();
    String type = Der.algorithmOf(pkcs8);
    switch (type) {
      case Der.RSA:
        return rsa(read("RSA", pkcs8));
      case Der.ED25519:
        return new DkimPrivateKey(DkimAlgorithm.Ed25519Sha256, read("Ed25519", pkcs8), 256);
      case Der.EC:
        throw new InvalidDkimKeyException(
            "is an elliptic curve key (ECDSA), which DKIM does not know" + REMEDY);
      default:
        throw new InvalidDkimKeyException("is a key neither of RSA nor of Ed25519" + REMEDY);
    }
  }

  /** What speaks against a key that works, for its owner; empty when nothing does. */
  public Optional<String> weakness() {
    if (algorithm == DkimAlgorithm.RsaSha256 && bits < RECOMMENDED) {
      return Optional.of(
          "is an RSA key of " + bits + " bits; some receivers want " + RECOMMENDED + " (RFC 8301)");
    }
    if (algorithm == DkimAlgorithm.RsaSha256 && bits > LONGEST) {
      return Optional.of(
          "is an RSA key of " + bits + " bits; receivers need not take more than " + LONGEST);
    }
    return Optional.empty();
  }

  /**
   * The public half (SubjectPublicKeyInfo), as DNS has it.
   *
   * @return empty for Ed25519: Java cannot tell it from the private half
   */
  public Optional<byte[]> publicKey() {
    if (!(key instanceof RSAPrivateCrtKey rsa)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()))
              .getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java knows RSA", e);
    }
  }

  /** Shows no part of the key, so that it may end in a log. */
  @Override
  public String toString() {
    return "DkimPrivateKey[" + algorithm + ", " + bits + " bits]";
  }

  private static DkimPrivateKey rsa(PrivateKey key) throws InvalidDkimKeyException {
    int bits = ((RSAPrivateKey) key).getModulus().bitLength();
    if (bits < SHORTEST) {
      throw new InvalidDkimKeyException(
          "is an RSA key of "
              + bits
              + " bits, and receivers ignore signatures of less than "
              + SHORTEST
              + " (RFC 8301)"
              + REMEDY);
    }
    return new DkimPrivateKey(DkimAlgorithm.RsaSha256, key, bits);
  }

  private static PrivateKey read(String type, byte[] pkcs8) throws InvalidDkimKeyException {
    try {
      return KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      // The provider's message may quote bytes of the key; that it is damaged is all that helps.
      throw new InvalidDkimKeyException("is damaged: not a whole " + type + " key" + REMEDY);
    }
  }
}
