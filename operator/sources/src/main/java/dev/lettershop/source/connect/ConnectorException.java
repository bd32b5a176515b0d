package dev.lettershop.source.connect;

/** A source cannot be read. The message holds no personal data. */
public final class ConnectorException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String fix;
  private final boolean temporary;

  private ConnectorException(
      String field, String message, String fix, boolean temporary, Throwable cause) {
    super(message, cause);
    this.field = field;
    this.fix = fix;
    this.temporary = temporary;
  }

  /**
   * Trying again will not help.
   *
   * @param field path in the ProfileSource
   */
  public static ConnectorException misconfigured(
      String field, String message, String fix, Throwable cause) {
    return new ConnectorException(field, message, fix, false, cause);
  }

  /** Trying again may help: the network, or a server that is down or busy. */
  public static ConnectorException unavailable(
      String field, String message, String fix, Throwable cause) {
    return new ConnectorException(field, message, fix, true, cause);
  }

  public String field() {
    return field;
  }

  /** What to do about it, or null. */
  public String fix() {
    return fix;
  }

  public boolean isTemporary() {
    return temporary;
  }
}
