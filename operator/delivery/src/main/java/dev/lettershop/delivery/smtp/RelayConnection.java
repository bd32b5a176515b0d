package dev.lettershop.delivery.smtp;

import dev.lettershop.delivery.message.OutboundMessage;
import java.time.Instant;
import java.util.Optional;

/** One connection to a relay. For one thread at a time. */
public interface RelayConnection extends AutoCloseable {

  /**
   * Hands over one message and waits for what becomes of it. Never throws for a lost connection.
   */
  SmtpResult send(OutboundMessage message);

  /** Until when the server's certificate is valid; empty without TLS. */
  default Optional<Instant> certificateUntil() {
    return Optional.empty();
  }

  /** Whether another message may be sent. True says nothing about what the server does next. */
  boolean isOpen();

  /** Takes leave of the server (QUIT) and closes. Does nothing when closed already. */
  @Override
  void close();
}
