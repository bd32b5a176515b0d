package dev.lettershop.delivery;

import dev.lettershop.delivery.message.LinkKeys;
import dev.lettershop.delivery.message.MessageBuilder;
import dev.lettershop.delivery.message.MessageSettings;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.pipeline.DeliveryLedger;
import dev.lettershop.delivery.pipeline.DeliveryOptions;
import dev.lettershop.delivery.pipeline.DeliveryPipeline;
import dev.lettershop.delivery.pipeline.DeliveryTotals;
import dev.lettershop.delivery.pipeline.MailComposer;
import dev.lettershop.delivery.pipeline.MailRenderer;
import dev.lettershop.delivery.pipeline.ProgressListener;
import dev.lettershop.delivery.policy.RetryPolicy;
import dev.lettershop.delivery.smtp.SmtpRelay;
import dev.lettershop.delivery.smtp.SmtpSettings;
import dev.lettershop.delivery.smtp.SmtpSettings.Tls;
import dev.lettershop.delivery.smtp.SmtpTimeouts;
import dev.lettershop.template.RenderedMail;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.testkit.FaultySmtpServer.Script;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** A pipeline between a ledger and a faulty server. */
public final class PipelineHarness implements AutoCloseable {
  static final RetryPolicy QUICK =
      new RetryPolicy(3, Duration.ofMillis(20), Duration.ofMillis(100));

  public final FaultySmtpServer server;
  public final List<DeliveryTotals> progress = new CopyOnWriteArrayList<>();
  public DeliveryOptions options = DeliveryOptions.standard().withConnections(4).withRetries(QUICK);
  public MailRenderer renderer =
      (recipient, links) ->
          new RenderedMail("Hi " + recipient.profileId(), null, "Leave: " + links.unsubscribe());

  public ProgressListener listener = progress::add;

  /** Of the worker's machine. */
  Clock clock = Clock.systemUTC();

  private final SmtpRelay relay;

  public PipelineHarness(Script script) {
    this.server = new FaultySmtpServer(script, "PIPELINING", "SIZE 1000000");
    this.relay =
        new SmtpRelay(
            new SmtpSettings(
                "127.0.0.1",
                server.port(),
                Tls.None,
                null,
                null,
                null,
                SmtpTimeouts.all(Duration.ofSeconds(10))));
  }

  public DeliveryPipeline pipeline(DeliveryLedger ledger) {
    MessageBuilder messages =
        new MessageBuilder(
            new MessageSettings("shop", "sale", "run-1", null, "news@shop.example", null));
    RecipientLinks links =
        new RecipientLinks("https://news.shop.example", LinkKeys.parse("0123456789abcdef"));
    return new DeliveryPipeline(
        ledger,
        new MailComposer(renderer, messages, links, 42, clock),
        relay,
        options,
        clock,
        () -> ThreadLocalRandom.current().nextDouble(),
        listener);
  }

  /** How many messages the server has for this address. */
  public long received(String address) {
    return server.received().stream()
        .filter(message -> message.rcpt().equals("RCPT TO:<" + address + ">"))
        .count();
  }

  @Override
  public void close() {
    relay.close();
    server.close();
  }
}
