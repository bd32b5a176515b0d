package dev.lettershop.delivery.message;

import java.util.Map;

/**
 * What all messages of one run share.
 *
 * @param namespace the campaign's namespace, never blank
 * @param campaign the campaign's name, never blank
 * @param run the run's name, never blank
 * @param fromName the sender's display name, or null
 * @param fromAddress the sender's address; its local part must be ASCII
 * @param replyTo where answers go, or null for the sender
 * @param headers values of fields that each message has beside its own, by name, in their order
 * @param transactional whether each is about something that its recipient did: then it is not part
 *     of a list that one could leave
 */
public record MessageSettings(
    String namespace,
    String campaign,
    String run,
    String fromName,
    String fromAddress,
    String replyTo,
    Map<String, String> headers,
    boolean transactional) {

  /** Of mail that one can unsubscribe from. */
  public MessageSettings(
      String namespace,
      String campaign,
      String run,
      String fromName,
      String fromAddress,
      String replyTo) {
    this(namespace, campaign, run, fromName, fromAddress, replyTo, Map.of(), false);
  }

  /** The same, with fields of the campaign's own. */
  public MessageSettings with(Map<String, String> headers, boolean transactional) {
    return new MessageSettings(
        namespace, campaign, run, fromName, fromAddress, replyTo, headers, transactional);
  }
}
