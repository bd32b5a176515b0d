package dev.lettershop.playground.inbox;

/**
 * A message that arrived.
 *
 * @param content the message as it was sent, dots unstuffed; not copied, do not change it
 */
public record ReceivedMail(Envelope envelope, byte[] content) {

  /** Shows size only: the content is somebody's mail. */
  @Override
  public String toString() {
    return "ReceivedMail[" + content.length + " bytes]";
  }
}
