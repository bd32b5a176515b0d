package dev.lettershop.worker.execute;

import dev.lettershop.delivery.message.OutboundMessage;
import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.delivery.smtp.RelayConnection;
import dev.lettershop.delivery.smtp.SmtpResult;

/** Takes every message and sends none: for dry runs. Thread-safe. */
final class DiscardingRelay implements MailRelay {
  @Override
  public RelayConnection connect() {
    return new Connection();
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  private static final class Connection implements RelayConnection {
    @Override
    public SmtpResult send(OutboundMessage message) {
      return new SmtpResult.Accepted("dry-run");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
