package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.message.OutboundMessage;
import java.util.Locale;

/**
 * A message on its way through the pipeline.
 *
 * @param attempts made before this one
 * @param domain of the recipient, in lower case
 * @param quietAt as in {@link ClaimedRecipient}
 */
record Letter(long profileId, int attempts, OutboundMessage message, String domain, Long quietAt) {

  static Letter of(ClaimedRecipient claimed, OutboundMessage message) {
    String address = claimed.recipient().email();
    return new Letter(
        claimed.recipient().profileId(),
        claimed.recipient().attempts(),
        message,
        address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT),
        claimed.quietAt());
  }

  /** Whether the recipient's quiet hours have begun. */
  boolean isTooLate(long now) {
    return quietAt != null && now - quietAt >= 0;
  }
}
