package dev.lettershop.delivery.pipeline;

/**
 * The links of one recipient's mail: both URLs, or null when the transport has no base URL for
 * links.
 *
 * @param unsubscribe where one ends the consent to the campaign's topic
 * @param preferences where one chooses among topics
 */
public record MailLinks(String unsubscribe, String preferences) {}
