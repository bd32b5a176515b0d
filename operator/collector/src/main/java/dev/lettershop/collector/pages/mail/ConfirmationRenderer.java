package dev.lettershop.collector.pages.mail;

import dev.lettershop.content.ContentSelector;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import dev.lettershop.delivery.pipeline.MailLinks;
import dev.lettershop.delivery.pipeline.MailRenderer;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.template.CompiledTemplate;
import dev.lettershop.template.RenderContext;
import dev.lettershop.template.RenderedMail;
import dev.lettershop.template.TemplateRenderer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fills in the mail that asks one person to confirm. Thread-safe. */
final class ConfirmationRenderer implements MailRenderer {
  private final TemplateRenderer renderer;
  private final ContentSelector content;
  private final String name;
  private final RecipientLinks links;
  private final long runId;
  private final Instant now;

  /**
   * @param name what the template shows as the campaign
   * @param now moment of the run
   */
  ConfirmationRenderer(
      CompiledTemplate template, String name, RecipientLinks links, long runId, Instant now) {
    Map<String, Map<String, String>> translated = new HashMap<>();
    template.translations().forEach((tag, other) -> translated.put(tag, other.slots()));
    this.renderer = new TemplateRenderer(template);
    this.content = new ContentSelector(List.of(), template.slots(), translated);
    this.name = name;
    this.links = links;
    this.runId = runId;
    this.now = now;
  }

  @Override
  public RenderedMail render(Recipient recipient, MailLinks own) {
    Map<String, String> urls =
        Map.of(
            "confirm",
            links.url(Purpose.Confirm, runId, recipient.profileId()),
            "unsubscribe",
            own.unsubscribe(),
            "preferences",
            own.preferences());
    return renderer.render(
        RenderContext.of(
            recipient.profile(), content.select(recipient.profile(), now), name, now, urls));
  }
}
