package dev.lettershop.delivery.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * The bytes of one connection: writes with a deadline, replies with a deadline. For one thread at a
 * time, except {@link #closeIfOverdue}.
 */
final class Wire {
  private static final long NEVER = Long.MAX_VALUE;

  /** The TCP socket below TLS: closing it never waits for a blocked writer, closing TLS may. */
  private final Socket tcp;

  private final OutputStream out;
  private final ReplyReader replies;
  private final boolean encrypted;
  private final Socket socket;
  private volatile long writeDeadline = NEVER;

  /**
   * @param socket what to talk through: {@code tcp} itself or TLS above it
   */
  Wire(Socket tcp, Socket socket) throws IOException {
    this.tcp = tcp;
    this.encrypted = tcp != socket;
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.replies = new ReplyReader(socket);
  }

  boolean isEncrypted() {
    return encrypted;
  }

  /** Until when the certificate of the other side is valid; empty without TLS. */
  Optional<Instant> certificateUntil() {
    if (!(socket instanceof SSLSocket tls)) {
      return Optional.empty();
    }
    try {
      return tls.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
          ? Optional.of(certificate.getNotAfter().toInstant())
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      throw new IllegalStateException("The handshake has verified it", e);
    }
  }

  void write(String command, Duration timeout) throws IOException {
    write(command.getBytes(StandardCharsets.UTF_8), timeout);
  }

  void write(byte[] bytes, Duration timeout) throws IOException {
    writeDeadline = System.nanoTime() + timeout.toNanos();
    try {
      out.write(bytes);
      out.flush();
    } finally {
      writeDeadline = NEVER;
    }
  }

  SmtpReply read(Duration timeout) throws IOException {
    return replies.read(timeout);
  }

  SmtpReply ask(String command, Duration timeout) throws IOException {
    write(command + "\r\n", timeout);
    return read(timeout);
  }

  /** Whether the server has said more than it was asked, as far as that has arrived. */
  boolean hasUnread() throws IOException {
    return replies.hasUnread();
  }

  Socket tcp() {
    return tcp;
  }

  /** Breaks a write that a server has let stand for too long: sockets have no such time-out. */
  void closeIfOverdue(long nanoTime) {
    long deadline = writeDeadline;
    if (deadline != NEVER && nanoTime - deadline > 0) {
      close();
    }
  }

  void close() {
    try {
      tcp.close();
    } catch (IOException alreadyGone) {
      // Closing is all that was wanted.
      return;
    }
  }
}
