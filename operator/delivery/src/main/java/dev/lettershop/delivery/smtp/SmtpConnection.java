package dev.lettershop.delivery.smtp;

import dev.lettershop.delivery.message.OutboundMessage;
import dev.lettershop.delivery.smtp.SmtpResult.Accepted;
import dev.lettershop.delivery.smtp.SmtpResult.ConnectionLostAfterFinalDot;
import dev.lettershop.delivery.smtp.SmtpResult.ConnectionLostBeforeFinalDot;
import dev.lettershop.delivery.smtp.SmtpResult.PermanentFailure;
import dev.lettershop.delivery.smtp.SmtpResult.TransientFailure;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One SMTP connection after its handshake. MAIL, RCPT and DATA go out in one piece when the server
 * offers PIPELINING (RFC 2920). The final dot is written on its own, so that a connection which
 * breaks while the message is under way is known to have broken before it.
 */
final class SmtpConnection implements RelayConnection {
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final byte[] FINAL_DOT = ".\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Wire wire;
  private final Capabilities offered;
  private final SmtpTimeouts timeouts;
  private final Consumer<Wire> onClose;
  private boolean open = true;

  SmtpConnection(Wire wire, Capabilities offered, SmtpTimeouts timeouts, Consumer<Wire> onClose) {
    this.wire = wire;
    this.offered = offered;
    this.timeouts = timeouts;
    this.onClose = onClose;
  }

  Wire wire() {
    return wire;
  }

  @Override
  public Optional<Instant> certificateUntil() {
    return wire.certificateUntil();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public SmtpResult send(OutboundMessage message) {
    if (message.recipient().needsSmtpUtf8() && !offered.smtpUtf8()) {
      return new PermanentFailure(SmtpStage.Local, "SmtpUtf8NotOffered");
    }
    if (offered.maxSize() > 0 && message.content().length > offered.maxSize()) {
      return new PermanentFailure(SmtpStage.Local, "MessageTooLarge");
    }
    SmtpResult refused;
    try {
      if (wire.hasUnread()) {
        // A word out of turn: 421, or something that would be taken for the reply to MAIL.
        abandon();
        return new ConnectionLostBeforeFinalDot("ProtocolError");
      }
      refused = offered.pipelining() ? startPipelined(message) : startStepwise(message);
      if (refused == null) {
        return transfer(DotStuffing.apply(message.content()));
      }
    } catch (IOException e) {
      abandon();
      return new ConnectionLostBeforeFinalDot(code(e));
    }
    reset();
    return refused;
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    try {
      wire.ask("QUIT", FAREWELL);
    } catch (IOException gone) {
      // A farewell that nobody hears changes nothing.
    } finally {
      abandon();
    }
  }

  /** Null when the server waits for the message. */
  private SmtpResult startPipelined(OutboundMessage message) throws IOException {
    wire.write(mail(message) + rcpt(message) + "DATA\r\n", timeouts.command());
    SmtpReply mail = wire.read(timeouts.command());
    if (mail.isClosing()) {
      return failure(SmtpStage.Mail, mail);
    }
    SmtpReply rcpt = wire.read(timeouts.command());
    if (rcpt.isClosing()) {
      return mail.isPositive() ? failure(SmtpStage.Rcpt, rcpt) : failure(SmtpStage.Mail, mail);
    }
    SmtpReply data = wire.read(timeouts.dataStart());
    SmtpResult refused = null;
    if (!mail.isPositive()) {
      refused = failure(SmtpStage.Mail, mail);
    } else if (!rcpt.isPositive()) {
      refused = failure(SmtpStage.Rcpt, rcpt);
    } else if (data.status() != 354) {
      refused = failure(SmtpStage.Data, data);
    }
    if (refused != null && data.status() == 354) {
      // RFC 2920 section 3.1: a server that wants a message for nobody gets an empty one.
      wire.write(FINAL_DOT, timeouts.command());
      wire.read(timeouts.dataEnd());
    }
    return refused;
  }

  /** Null when the server waits for the message. */
  private SmtpResult startStepwise(OutboundMessage message) throws IOException {
    wire.write(mail(message), timeouts.command());
    SmtpReply mail = wire.read(timeouts.command());
    if (!mail.isPositive()) {
      return failure(SmtpStage.Mail, mail);
    }
    wire.write(rcpt(message), timeouts.command());
    SmtpReply rcpt = wire.read(timeouts.command());
    if (!rcpt.isPositive()) {
      return failure(SmtpStage.Rcpt, rcpt);
    }
    SmtpReply data = wire.ask("DATA", timeouts.dataStart());
    return data.status() == 354 ? null : failure(SmtpStage.Data, data);
  }

  private SmtpResult transfer(byte[] stuffed) {
    boolean ended = false;
    try {
      wire.write(stuffed, timeouts.dataBlock());
      if (wire.hasUnread()) {
        return interrupted(wire.read(timeouts.command()));
      }
      // The kernel takes three bytes or refuses them; TLS may fail after it has sent them.
      ended = wire.isEncrypted();
      wire.write(FINAL_DOT, timeouts.dataBlock());
      ended = true;
      SmtpReply reply = wire.read(timeouts.dataEnd());
      return reply.isPositive() ? new Accepted(reply.code()) : failure(SmtpStage.Content, reply);
    } catch (IOException e) {
      abandon();
      return ended
          ? new ConnectionLostAfterFinalDot(code(e))
          : new ConnectionLostBeforeFinalDot(code(e));
    }
  }

  /** A reply before the final dot ends the connection: the server has stopped listening. */
  private SmtpResult interrupted(SmtpReply reply) throws ProtocolException {
    abandon();
    return failure(SmtpStage.Content, reply);
  }

  private String mail(OutboundMessage message) {
    return "MAIL FROM:<"
        + message.envelopeSender()
        + ">"
        + (offered.size() ? " SIZE=" + message.content().length : "")
        + (message.eightBit() && offered.eightBitMime() ? " BODY=8BITMIME" : "")
        + (message.recipient().needsSmtpUtf8() ? " SMTPUTF8" : "")
        + "\r\n";
  }

  private static String rcpt(OutboundMessage message) {
    return "RCPT TO:<" + message.recipient().text() + ">\r\n";
  }

  /**
   * Classes a reply that is no success; after one that is not a reply to the command we hang up.
   */
  private SmtpResult failure(SmtpStage stage, SmtpReply reply) throws ProtocolException {
    if (reply.isClosing()) {
      abandon();
    }
    if (reply.isPermanent()) {
      return new PermanentFailure(stage, reply.code(), reply.words());
    }
    if (reply.isTransient()) {
      return new TransientFailure(stage, reply.code(), reply.words());
    }
    throw new ProtocolException("The server's reply does not belong to the command");
  }

  /** RFC 5321 section 4.1.1.5: what is left of a refused transaction must not reach the next. */
  private void reset() {
    if (!open) {
      return;
    }
    try {
      SmtpReply reply = wire.ask("RSET", timeouts.command());
      if (!reply.isPositive()) {
        abandon();
      }
    } catch (IOException gone) {
      // The result is known; the next message takes another connection.
      abandon();
    }
  }

  private void abandon() {
    open = false;
    wire.close();
    onClose.accept(wire);
  }

  private static String code(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return "Timeout";
    }
    return e instanceof ProtocolException ? "ProtocolError" : "ConnectionLost";
  }
}
