package dev.lettershop.collector.webhook;

import dev.lettershop.collector.http.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.logging.Logger;

/** Amazon SES by way of SNS. Confirms subscriptions to our topics, and to no others. */
final class SesWebhook implements Webhook {
  private static final Logger LOG = Logger.getLogger(SesWebhook.class);

  private final SnsVerification verification;
  private final SnsClient client;

  SesWebhook(SnsVerification verification, SnsClient client) {
    this.verification = verification;
    this.client = client;
  }

  @Override
  public List<Notice> receive(Request request)
      throws ForgedException, UnreadableException, IOException {
    SnsMessage message = SnsMessage.read(request.body());
    verification.check(message);
    switch (message.type()) {
      case "SubscriptionConfirmation":
        URI confirm =
            SnsHosts.trusted(message.text("SubscribeURL"))
                .orElseThrow(() -> new ForgedException("the address to confirm is not Amazon's"));
        client.get(confirm);
        LOG.infof("The subscription to %s is confirmed", message.text("TopicArn"));
        return List.of();
      case "Notification":
        return NoticeReaders.ses(
            Json.read(message.text("Message").getBytes(StandardCharsets.UTF_8)),
            message.text("MessageId"));
      default:
        return List.of();
    }
  }
}
