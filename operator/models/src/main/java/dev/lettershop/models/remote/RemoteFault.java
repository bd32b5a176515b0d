package dev.lettershop.models.remote;

/** No usable answer. The message repeats nothing that was sent or answered. */
public final class RemoteFault extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as conditions name it. */
  public enum Kind {
    Unreachable,
    TimedOut,
    Redirected,
    TooManyRequests,
    /** The server does not take the request: 4xx. */
    Refused,
    ServerError,
    /** Such as a page of HTML. */
    NotJson,
    /** JSON without what the protocol has. */
    WrongShape,
    /** Another number of answers than there were people. */
    WrongLength,
    /** NaN, infinite, or text. */
    NotANumber
  }

  private final Kind kind;

  RemoteFault(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
