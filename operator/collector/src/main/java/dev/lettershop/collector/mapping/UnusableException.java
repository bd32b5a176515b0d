package dev.lettershop.collector.mapping;

/** A call that cannot be used. The message says why, without personal data. */
final class UnusableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field at fault, or null when it is the call as a whole
   */
  UnusableException(String field, String message) {
    super(message, null, false, false);
    this.field = field;
  }

  String field() {
    return field;
  }
}
