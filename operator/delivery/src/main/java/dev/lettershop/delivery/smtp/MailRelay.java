package dev.lettershop.delivery.smtp;

/** A server that takes messages for anybody. Thread-safe. */
public interface MailRelay extends AutoCloseable {

  /**
   * A new connection, ready for messages.
   *
   * @throws RelayException when there is none to be had
   */
  RelayConnection connect() throws RelayException;

  /** What to call it in messages for people, with host and port where there is one. */
  default String name() {
    return "The SMTP server";
  }

  /** Ends what serves all connections; the connections are their owners' to close. */
  @Override
  void close();
}
