package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.delivery.smtp.RelayConnection;
import dev.lettershop.delivery.smtp.RelayException;

/**
 * A relay that can be tried before a message is marked. The connection that a probe opened is the
 * next sender's, so that a probe costs no session of its own. Thread-safe.
 */
final class ProbedRelay implements MailRelay {
  private final MailRelay relay;
  private RelayConnection spare;

  /**
   * @param relay the caller closes it
   */
  ProbedRelay(MailRelay relay) {
    this.relay = relay;
  }

  /**
   * Opens a connection for the sender that asks next, unless one waits already.
   *
   * @throws RelayException when there is none to be had
   */
  synchronized void probe() throws RelayException {
    if (spare == null) {
      spare = relay.connect();
    }
  }

  @Override
  public String name() {
    return relay.name();
  }

  @Override
  public RelayConnection connect() throws RelayException {
    RelayConnection waiting = takeSpare();
    return waiting != null && waiting.isOpen() ? waiting : relay.connect();
  }

  private synchronized RelayConnection takeSpare() {
    RelayConnection waiting = spare;
    spare = null;
    return waiting;
  }

  /** Closes the connection that nobody took. */
  @Override
  public void close() {
    RelayConnection waiting = takeSpare();
    if (waiting != null) {
      waiting.close();
    }
  }
}
