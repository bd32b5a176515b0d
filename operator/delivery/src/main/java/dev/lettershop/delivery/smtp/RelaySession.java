package dev.lettershop.delivery.smtp;

import dev.lettershop.delivery.message.OutboundMessage;
import dev.lettershop.delivery.smtp.SmtpResult.ConnectionLostBeforeFinalDot;
import dev.lettershop.delivery.smtp.SmtpResult.TransientFailure;

/**
 * One sender's line to the relay: opens a connection when one is needed and uses it again and
 * again. A connection that the server gave up between two messages is replaced without anybody
 * noticing. For one thread at a time.
 */
public final class RelaySession implements AutoCloseable {
  private final MailRelay relay;
  private final int messagesPerConnection;
  private RelayConnection connection;
  private int sent;

  /**
   * @param messagesPerConnection after so many messages a new connection is made; at least 1
   */
  public RelaySession(MailRelay relay, int messagesPerConnection) {
    this.relay = relay;
    this.messagesPerConnection = messagesPerConnection;
  }

  /**
   * Opens the connection unless it is open.
   *
   * @throws RelayException when there is none to be had
   */
  public void open() throws RelayException {
    if (connection != null && (!connection.isOpen() || sent >= messagesPerConnection)) {
      close();
    }
    if (connection == null) {
      connection = relay.connect();
      sent = 0;
    }
  }

  /**
   * Hands over one message.
   *
   * @throws RelayException when there is no connection; then the message was not handed over
   */
  public SmtpResult send(OutboundMessage message) throws RelayException {
    open();
    boolean reused = sent > 0;
    SmtpResult result = sendOnce(message);
    if (reused && wasGivenUp(result)) {
      close();
      open();
      result = sendOnce(message);
    }
    return result;
  }

  /** Whether a connection is held, so that an idle sender knows to let go of it. */
  public boolean isOpen() {
    return connection != null;
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private SmtpResult sendOnce(OutboundMessage message) {
    sent++;
    SmtpResult result = connection.send(message);
    if (!connection.isOpen()) {
      connection = null;
    }
    return result;
  }

  /** RFC 5321 section 3.8: a server may close at any time, after 421 or without a word. */
  private static boolean wasGivenUp(SmtpResult result) {
    return result instanceof ConnectionLostBeforeFinalDot
        || result instanceof TransientFailure failure
            && failure.stage() == SmtpStage.Mail
            && failure.code().startsWith("421");
  }
}
