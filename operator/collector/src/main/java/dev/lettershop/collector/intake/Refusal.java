package dev.lettershop.collector.intake;

/** A request that can never be taken. The message goes to the client: nothing personal in it. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** An HTTP status of 400 to 499. */
  int status() {
    return status;
  }
}
