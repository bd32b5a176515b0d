package dev.lettershop.collector.webhook;

import dev.lettershop.api.v1alpha1.collector.WebhookProvider;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.store.bounce.BounceLog;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One webhook.
 *
 * @param name the end of its address
 * @param key with what it is verified; read for each request, since Secrets are rotated; empty when
 *     there is none
 * @param topicArns of SNS
 * @param transport whose mails are reported
 * @param links those that mails carry
 */
public record WebhookSettings(
    String name,
    WebhookProvider provider,
    Supplier<String> key,
    Set<String> topicArns,
    String transport,
    BounceLog.SoftLimit softLimit,
    Supplier<List<RecipientLinks>> links) {
  public WebhookSettings {
    topicArns = Set.copyOf(topicArns);
  }
}
