package dev.lettershop.delivery.smtp;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * Where the relay is and how to talk to it.
 *
 * @param host name or IP address; the certificate must be for it
 * @param port 1 to 65535
 * @param credentials asked for each connection, so that they may change; null when the server wants
 *     none
 * @param caPem certificates (PEM) that are trusted instead of the Java runtime's, or null
 * @param ehloName what to call ourselves; null for the connection's own address as an address
 *     literal, which RFC 5321 section 4.1.4 allows
 */
public record SmtpSettings(
    String host,
    int port,
    Tls tls,
    Supplier<SmtpCredentials> credentials,
    String caPem,
    String ehloName,
    SmtpTimeouts timeouts) {

  /** How the connection is protected. */
  public enum Tls {
    /** STARTTLS (RFC 3207), and no message without it. */
    StartTls,
    /** TLS from the first byte (RFC 8314). */
    Implicit,
    None
  }

  /**
   * @throws IllegalArgumentException when credentials would cross the network in clear
   */
  public SmtpSettings {
    Objects.requireNonNull(host);
    Objects.requireNonNull(tls);
    Objects.requireNonNull(timeouts);
    if (credentials != null && tls == Tls.None) {
      throw new IllegalArgumentException(
          "credentials for "
              + host
              + " would cross the network in clear; set tls to StartTls or Implicit");
    }
  }

  /** Without credentials, own certificates or own name, and with the standard's time-outs. */
  public static SmtpSettings of(String host, int port, Tls tls) {
    return new SmtpSettings(host, port, tls, null, null, null, SmtpTimeouts.STANDARD);
  }
}
