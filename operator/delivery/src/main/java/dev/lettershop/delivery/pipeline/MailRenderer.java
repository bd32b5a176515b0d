package dev.lettershop.delivery.pipeline;

import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.template.RenderedMail;

/** Fills in the mail of one recipient. Must be thread-safe. */
@FunctionalInterface
public interface MailRenderer {

  /**
   * @param links what this mail links to
   * @throws RuntimeException when this recipient's mail cannot be made; the recipient fails, the
   *     run goes on
   */
  RenderedMail render(Recipient recipient, MailLinks links);
}
