package dev.lettershop.delivery.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS 1.2 or 1.3 to one host whose certificate must be valid, trusted and for that host (RFC 8314,
 * RFC 6125). Thread-safe.
 */
final class TlsClient {
  private final String host;
  private final SSLContext context;

  /**
   * @param caPem the certificates to trust, or null for the Java runtime's
   * @throws IllegalArgumentException when they cannot be read
   */
  TlsClient(String host, String caPem) {
    this.host = host;
    try {
      this.context = caPem == null ? SSLContext.getDefault() : trusting(caPem);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "The CA certificates for " + host + " cannot be read; they must be PEM", e);
    }
  }

  /** TLS above an open connection. The caller closes {@code tcp} when this fails. */
  SSLSocket wrap(Socket tcp, Duration timeout) throws IOException {
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(tcp, host, tcp.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    tls.setSSLParameters(parameters);
    tls.setSoTimeout((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    tls.startHandshake();
    return tls;
  }

  private static SSLContext trusting(String caPem) throws GeneralSecurityException, IOException {
    Collection<? extends Certificate> certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(caPem.getBytes(StandardCharsets.US_ASCII)));
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("There is no certificate in the text");
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
