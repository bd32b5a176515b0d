package dev.lettershop.delivery.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a TLS connection trusts. */
public final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * @param host for messages
   * @param caPem the certificates to trust, or null for the Java runtime's
   * @throws IllegalArgumentException when they cannot be read
   */
  public static SSLContext context(String host, String caPem) {
    try {
      return caPem == null ? SSLContext.getDefault() : trusting(caPem);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "The CA certificates for " + host + " cannot be read; they must be PEM", e);
    }
  }

  private static SSLContext trusting(String caPem) throws GeneralSecurityException, IOException {
    Collection<? extends Certificate> certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(caPem.getBytes(StandardCharsets.US_ASCII)));
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("The text contains no certificate");
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      trusted.setCertificateEntry("ca-" + number++, certificate);
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
