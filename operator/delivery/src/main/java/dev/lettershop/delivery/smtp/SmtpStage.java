package dev.lettershop.delivery.smtp;

/** How far a message had come when it was refused. */
public enum SmtpStage {
  /** Refused here, before anything was sent. */
  Local,
  /** At the sender: says something about the relay, nothing about the recipient. */
  Mail,
  /** At the recipient. */
  Rcpt,
  /** At the DATA command. */
  Data,
  /** After the final dot. */
  Content;

  /** Whether a refusal at this stage may be about the recipient. */
  public boolean isAboutRecipient() {
    return this == Rcpt || this == Data || this == Content;
  }
}
