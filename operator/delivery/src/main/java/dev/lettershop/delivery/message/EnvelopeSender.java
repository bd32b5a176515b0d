package dev.lettershop.delivery.message;

/** Where the bounces of each message go. Must be thread-safe. */
@FunctionalInterface
public interface EnvelopeSender {

  /** The address for one recipient's message, without angle brackets. */
  String of(long profileId, MailAddress recipient);
}
