package dev.lettershop.delivery.message;

/** A recipient whose address no server could take. Does not say whose it is. */
public final class InvalidAddressException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidAddressException() {
    super("The recipient's address is not a valid mailbox; see RFC 5321 section 4.1.2");
  }
}
