package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.message.AttachmentException;
import dev.lettershop.delivery.message.InvalidAddressException;
import dev.lettershop.delivery.message.MessageBuilder;
import dev.lettershop.delivery.message.OutboundMessage;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.template.RenderedMail;
import java.time.Clock;

/** From a recipient to a message: links, rendering, encoding. Thread-safe. */
public final class MailComposer {
  private final MailRenderer renderer;
  private final MessageBuilder messages;
  private final RecipientLinks links;
  private final long runId;
  private final Clock clock;

  /**
   * @param links null when the transport has no base URL and key for links; then answers to the
   *     sender are the only way to unsubscribe
   * @param runId what links name the run by
   */
  public MailComposer(
      MailRenderer renderer,
      MessageBuilder messages,
      RecipientLinks links,
      long runId,
      Clock clock) {
    this.renderer = renderer;
    this.messages = messages;
    this.links = links;
    this.runId = runId;
    this.clock = clock;
  }

  OutboundMessage compose(Recipient recipient) throws CompositionException {
    String unsubscribe = link(Purpose.Unsubscribe, recipient);
    MailLinks mailLinks = new MailLinks(unsubscribe, link(Purpose.Preferences, recipient));
    try {
      RenderedMail mail = renderer.render(recipient, mailLinks);
      return messages.build(
          recipient.profileId(),
          recipient.email(),
          mail,
          unsubscribe,
          links != null && links.oneClick(),
          clock.instant());
    } catch (InvalidAddressException e) {
      throw new CompositionException("AddressInvalid", e);
    } catch (AttachmentException e) {
      throw new CompositionException(e.code(), e, e.isTemporary());
    } catch (RuntimeException | StackOverflowError e) {
      throw new CompositionException("RenderFailed", e);
    }
  }

  private String link(Purpose purpose, Recipient recipient) {
    return links == null ? null : links.url(purpose, runId, recipient.profileId());
  }
}
