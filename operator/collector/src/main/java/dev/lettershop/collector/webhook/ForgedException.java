package dev.lettershop.collector.webhook;

/** A request that cannot be verified. The message goes to its sender. */
final class ForgedException extends Exception {
  private static final long serialVersionUID = 1L;

  ForgedException(String message) {
    super(message, null, false, false);
  }
}
