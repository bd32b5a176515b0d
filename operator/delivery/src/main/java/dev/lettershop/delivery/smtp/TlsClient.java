package dev.lettershop.delivery.smtp;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

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
    this.context = TrustedCertificates.context(host, caPem);
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
    checkDates(tls);
    return tls;
  }

  /**
   * Java takes a certificate that is itself among the trusted ones without looking at its dates.
   */
  private static void checkDates(SSLSocket tls) throws IOException {
    try {
      ((X509Certificate) tls.getSession().getPeerCertificates()[0]).checkValidity();
    } catch (CertificateException e) {
      throw new SSLPeerUnverifiedException("The certificate has expired or is not valid yet");
    }
  }
}
