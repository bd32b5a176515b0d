package dev.lettershop.delivery.pipeline;

import dev.lettershop.store.ledger.Recipient;

/**
 * A recipient on the way through the pipeline.
 *
 * @param quietAt on the scale of {@link System#nanoTime()}: not to be mailed from then on; null
 *     without quiet hours
 */
public record ClaimedRecipient(Recipient recipient, Long quietAt) {

  /**
   * @param askedAt when the claim was begun, on the same scale
   */
  static ClaimedRecipient of(Recipient recipient, long askedAt) {
    return new ClaimedRecipient(
        recipient,
        recipient.untilQuiet() == null ? null : askedAt + recipient.untilQuiet().toNanos());
  }
}
