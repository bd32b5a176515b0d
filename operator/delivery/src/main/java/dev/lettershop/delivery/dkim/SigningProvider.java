package dev.lettershop.delivery.dkim;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who computes signatures: AWS-LC through the Corretto provider where its native library loads,
 * which signs several times as fast as the Java runtime; the Java runtime everywhere else. Both
 * give valid signatures. Immutable.
 */
public final class SigningProvider {
  private static final Logger LOG = LoggerFactory.getLogger(SigningProvider.class);

  /** The Java runtime's own. */
  public static final SigningProvider JAVA = new SigningProvider("Java", null);

  private final String name;
  private final Provider provider;

  private SigningProvider(String name, Provider provider) {
    this.name = name;
    this.provider = provider;
  }

  /** The fastest that works here. */
  public static SigningProvider fastest() {
    return corretto().orElse(JAVA);
  }

  /** AWS-LC; empty where its native library does not load. */
  public static Optional<SigningProvider> corretto() {
    try {
      AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
      if (corretto.getLoadingError() == null) {
        return Optional.of(new SigningProvider("AWS-LC", corretto));
      }
    } catch (LinkageError | RuntimeException e) {
      // Another processor, another C library, a temporary folder from which nothing may be run.
      LOG.debug("The native cryptography cannot be used", e);
    }
    LOG.info("Signing with the Java runtime: the native library does not load here");
    return Optional.empty();
  }

  /** What it is called in figures and logs. */
  public String name() {
    return name;
  }

  /**
   * The key as this provider holds keys itself. It would take a foreign one apart, check it and put
   * it together anew for each signature, which costs more than twice the signature.
   *
   * @return {@code key} where the provider has no keys of its own
   */
  PrivateKey own(DkimAlgorithm algorithm, PrivateKey key) throws InvalidKeyException {
    if (provider == null) {
      return key;
    }
    try {
      return (PrivateKey) KeyFactory.getInstance(algorithm.keys(), provider).translateKey(key);
    } catch (NoSuchAlgorithmException none) {
      return key;
    }
  }

  byte[] sign(DkimAlgorithm algorithm, PrivateKey key, byte[] data)
      throws GeneralSecurityException {
    Signature signature = signature(algorithm);
    signature.initSign(key);
    signature.update(data);
    return signature.sign();
  }

  private Signature signature(DkimAlgorithm algorithm) throws NoSuchAlgorithmException {
    return provider == null
        ? Signature.getInstance(algorithm.signature())
        : Signature.getInstance(algorithm.signature(), provider);
  }
}
