package dev.lettershop.store.database;

/**
 * The store could not do what was asked. The message says what was tried, on which host, port and
 * database, and what to do; it never holds a password or personal data.
 */
public final class StoreException extends RuntimeException {

  /** What kind of failure, so that a caller knows whether trying again makes sense. */
  public enum Kind {
    /** No connection, or it broke: trying again later may work. */
    Unreachable,
    /** Wrong credentials, database, privileges, TLS or schema: somebody has to change something. */
    Misconfigured,
    /** Two transactions got in each other's way: trying again at once works. */
    Conflict,
    /** Neither of these: a defect, or a server in trouble (disk full…). */
    Failed
  }

  private final transient Kind kind;

  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public StoreException(Kind kind, String message) {
    this(kind, message, null);
  }

  public Kind kind() {
    return kind;
  }
}
