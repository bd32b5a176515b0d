package dev.lettershop.playground.inbox;

/** The places in an SMTP session where a {@link ReplyScript} has a say. */
public enum Stage {
  /** A client has connected; the greeting is due. */
  Connect,
  /** EHLO or HELO. */
  Hello,
  /** MAIL FROM. */
  Mail,
  /** RCPT TO; asked once per recipient. */
  Recipient,
  /** DATA, before 354. */
  Data,
  /** Content is coming in, the final dot is not there yet: a drop here loses the message. */
  Content,
  /** The final dot is there, the message is not kept yet: a drop or refusal here loses it. */
  FinalDot,
  /** The message is kept, 250 is not said yet: a drop here leaves the client in doubt. */
  Kept
}
