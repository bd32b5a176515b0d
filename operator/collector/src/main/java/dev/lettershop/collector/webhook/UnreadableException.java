package dev.lettershop.collector.webhook;

/** A verified request that is not of the provider's format. The message goes to its sender. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableException(String message) {
    super(message, null, false, false);
  }
}
