package dev.lettershop.delivery.smtp;

import java.io.IOException;

/** No usable connection to the relay. No message was handed over. Names no person. */
public final class RelayException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What kept the connection from being used. */
  public enum Reason {
    /** No TCP connection, or it was lost while greeting. */
    Unreachable,
    /** The server says that it cannot serve now (4yz). */
    Busy,
    /** No TLS, or not with the server that was meant. */
    Tls,
    /** The credentials are wrong or cannot be used. */
    Authentication,
    /** The server refuses to talk to us (5yz), or does not speak SMTP. */
    Refused
  }

  private final Reason reason;
  private final String code;

  RelayException(Reason reason, String code, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.code = code;
  }

  /** The relay refuses whatever comes from this sender. */
  public static RelayException senderRefused(String code) {
    return new RelayException(
        Reason.Refused,
        code,
        "The SMTP server refuses the sender with "
            + code
            + ": check the campaign's from.address and the transport's credentials",
        null);
  }

  /** The relay has refused all it got, for a reason that seems to hold for everybody. */
  public static RelayException refusesEverybody(String code) {
    return new RelayException(
        Reason.Refused,
        code,
        "The SMTP server refuses every message, the last with "
            + code
            + ": check that it relays for this sender and these credentials",
        null);
  }

  /** The relay worked, and has failed for longer than one wants to wait. */
  public static RelayException keepsFailing(String code) {
    return new RelayException(
        Reason.Unreachable,
        code,
        "The SMTP server keeps failing (" + code + "): run again when it works",
        null);
  }

  public Reason reason() {
    return reason;
  }

  /** As in {@link SmtpResult#code()}. */
  public String code() {
    return code;
  }

  /** Whether waiting alone could help. */
  public boolean isTransient() {
    return reason == Reason.Unreachable || reason == Reason.Busy;
  }
}
