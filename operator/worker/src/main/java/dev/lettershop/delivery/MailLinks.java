package dev.lettershop.delivery;

/**
 * The links of one recipient's mail.
 *
 * @param unsubscribe URL, or null when the transport has no base URL for links
 */
public record MailLinks(String unsubscribe) {}
