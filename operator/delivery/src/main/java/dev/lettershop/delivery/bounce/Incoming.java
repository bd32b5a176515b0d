package dev.lettershop.delivery.bounce;

/**
 * One message of a mailbox.
 *
 * @param content its bytes, or as many as are of interest
 * @param id by which the mailbox knows it
 */
public record Incoming(byte[] content, Object id) {
  /** In bytes; what is longer is cut off: reports come first. */
  static final int LONGEST = 1024 * 1024;
}
