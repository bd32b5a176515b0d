package dev.lettershop.delivery.message;

/**
 * What all messages of one run share.
 *
 * @param namespace the campaign's namespace, never blank
 * @param campaign the campaign's name, never blank
 * @param run the run's name, never blank
 * @param fromName the sender's display name, or null
 * @param fromAddress the sender's address; its local part must be ASCII
 * @param replyTo where answers go, or null for the sender
 */
public record MessageSettings(
    String namespace,
    String campaign,
    String run,
    String fromName,
    String fromAddress,
    String replyTo) {}
