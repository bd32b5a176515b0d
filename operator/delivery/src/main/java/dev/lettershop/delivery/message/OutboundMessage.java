package dev.lettershop.delivery.message;

/**
 * One message with its envelope.
 *
 * @param envelopeSender where bounces go; without angle brackets, empty for the null sender
 * @param recipient the one recipient of the envelope
 * @param content header and body with CRLF line ends, ending in CRLF, not dot-stuffed; treat it as
 *     immutable
 * @param eightBit whether the content holds bytes above 127, which only an internationalised
 *     address causes
 */
public record OutboundMessage(
    String envelopeSender, MailAddress recipient, byte[] content, boolean eightBit) {

  /** Names no person, so that it may end in a log. */
  @Override
  public String toString() {
    return "OutboundMessage[" + content.length + " bytes]";
  }
}
