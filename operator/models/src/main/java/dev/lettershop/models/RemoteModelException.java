package dev.lettershop.models;

/**
 * A model server gave no usable answer, and that must not pass. Trying again later may help. Holds
 * no personal data.
 */
public final class RemoteModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason one word in CamelCase, for conditions
   */
  RemoteModelException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
