package dev.lettershop.delivery.smtp;

import dev.lettershop.delivery.smtp.RelayException.Reason;
import dev.lettershop.delivery.smtp.SmtpSettings.Tls;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * From nothing to a connection that takes messages: TCP, greeting, EHLO, TLS, AUTH, in the order
 * and with the checks of RFC 5321, 3207, 8314 and 4954. Thread-safe.
 */
final class SmtpHandshake {
  private final SmtpSettings settings;
  private final TlsClient tls;
  private final Duration patience;

  SmtpHandshake(SmtpSettings settings, TlsClient tls) {
    this.settings = settings;
    this.tls = tls;
    this.patience = settings.timeouts().greeting();
  }

  /**
   * @param onClose told of the connection's wire when it closes
   */
  SmtpConnection connect(Consumer<Wire> onClose) throws RelayException {
    Socket tcp = dial();
    boolean done = false;
    try {
      SmtpConnection connection = greet(tcp, onClose);
      done = true;
      return connection;
    } catch (RelayException e) {
      throw e;
    } catch (SSLException e) {
      throw failure(
          Reason.Tls,
          "TlsFailed",
          "no TLS connection that can be trusted: check the certificate and caSecretRef",
          e);
    } catch (ProtocolException e) {
      throw failure(Reason.Refused, "ProtocolError", "the server does not speak SMTP", e);
    } catch (SocketTimeoutException e) {
      throw failure(Reason.Unreachable, "Timeout", "no answer in time", e);
    } catch (IOException e) {
      throw failure(
          Reason.Unreachable, "ConnectionLost", "the connection was lost before it was usable", e);
    } finally {
      if (!done) {
        hangUp(tcp);
      }
    }
  }

  private Socket dial() throws RelayException {
    IOException last = null;
    for (InetAddress address : addresses()) {
      Socket tcp = new Socket();
      try {
        tcp.setTcpNoDelay(true);
        tcp.setKeepAlive(true);
        tcp.connect(
            new InetSocketAddress(address, settings.port()),
            (int) settings.timeouts().connect().toMillis());
        return tcp;
      } catch (IOException e) {
        hangUp(tcp);
        last = e;
      }
    }
    throw failure(
        Reason.Unreachable, "ConnectFailed", "no TCP connection: check host, port, network", last);
  }

  private InetAddress[] addresses() throws RelayException {
    try {
      return InetAddress.getAllByName(settings.host());
    } catch (UnknownHostException e) {
      throw failure(Reason.Unreachable, "UnknownHost", "the host name cannot be resolved", e);
    }
  }

  private static void hangUp(Socket tcp) {
    try {
      tcp.close();
    } catch (IOException alreadyGone) {
      // Closing is all that was wanted.
      return;
    }
  }

  private SmtpConnection greet(Socket tcp, Consumer<Wire> onClose) throws IOException {
    Wire wire =
        settings.tls() == Tls.Implicit
            ? new Wire(tcp, tls.wrap(tcp, patience))
            : new Wire(tcp, tcp);
    accepted(wire.read(patience), "greets with");
    Capabilities capabilities = hello(wire);
    if (settings.tls() == Tls.StartTls) {
      wire = startTls(wire, capabilities);
      // RFC 3207 section 4.2: nothing that was said before TLS counts.
      capabilities = hello(wire);
    }
    if (settings.credentials() != null) {
      authenticate(wire, capabilities);
    }
    return new SmtpConnection(wire, capabilities, settings.timeouts(), onClose);
  }

  private Capabilities hello(Wire wire) throws IOException {
    String name = settings.ehloName() != null ? settings.ehloName() : literal(wire.tcp());
    SmtpReply reply = wire.ask("EHLO " + name, patience);
    if (reply.status() == 500 || reply.status() == 502) {
      accepted(wire.ask("HELO " + name, patience), "answers HELO with");
      return Capabilities.NONE;
    }
    accepted(reply, "answers EHLO with");
    return Capabilities.of(reply);
  }

  /** RFC 5321 section 4.1.3. */
  private static String literal(Socket tcp) {
    InetAddress address = tcp.getLocalAddress();
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    return address instanceof Inet6Address ? "[IPv6:" + plain + "]" : "[" + plain + "]";
  }

  private Wire startTls(Wire clear, Capabilities offered) throws IOException {
    if (!offered.startTls()) {
      throw failure(
          Reason.Tls,
          "StartTlsNotOffered",
          "the server does not offer STARTTLS, and no mail is sent without: check the port,"
              + " or set tls to Implicit or None",
          null);
    }
    SmtpReply reply = clear.ask("STARTTLS", patience);
    if (!reply.isPositive()) {
      // RFC 3207 section 4: 454 means that TLS is not available for the time being.
      throw failure(
          reply.isTransient() ? Reason.Busy : Reason.Tls,
          reply.code(),
          "the server answers STARTTLS with " + reply.code(),
          null);
    }
    if (clear.hasUnread()) {
      // Somebody between us put commands or replies in front of the handshake.
      throw failure(
          Reason.Tls,
          "StartTlsInjection",
          "unencrypted data came after the reply to STARTTLS: the connection is being tampered with",
          null);
    }
    return new Wire(clear.tcp(), tls.wrap(clear.tcp(), patience));
  }

  private void authenticate(Wire wire, Capabilities offered) throws IOException {
    Optional<SmtpLogin.Refusal> refusal =
        new SmtpLogin(settings.credentials(), settings.timeouts().command())
            .login(wire, offered.auth());
    if (refusal.isPresent()) {
      throw failure(refusal.get().reason(), refusal.get().code(), refusal.get().what(), null);
    }
  }

  private void accepted(SmtpReply reply, String what) throws RelayException {
    if (!reply.isPositive()) {
      throw failure(
          reply.isTransient() ? Reason.Busy : Reason.Refused,
          reply.code(),
          "the server " + what + " " + reply.code(),
          null);
    }
  }

  private RelayException failure(Reason reason, String code, String what, Throwable cause) {
    String relay = "SMTP server " + settings.host() + ":" + settings.port();
    return new RelayException(reason, code, relay + ": " + what, cause);
  }
}
