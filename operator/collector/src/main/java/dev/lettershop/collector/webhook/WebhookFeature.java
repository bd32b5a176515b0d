package dev.lettershop.collector.webhook;

import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.http.Response;
import dev.lettershop.collector.http.Routes;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.store.bounce.AddressBounce;
import dev.lettershop.store.bounce.Bounce;
import dev.lettershop.store.bounce.BounceLog;
import dev.lettershop.store.bounce.Recorded;
import dev.lettershop.store.bounce.Recorded.Effect;
import dev.lettershop.store.database.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Takes what providers report, at {@code /w/NAME}. Answers 200 when it is committed; 401 when it
 * cannot be verified; 503 when it cannot be recorded now, so that the provider tries again.
 */
public final class WebhookFeature implements Feature {
  private static final Logger LOG = Logger.getLogger(WebhookFeature.class);
  private static final int MAX_BODY = 1 << 20;
  private static final Pattern LINK =
      Pattern.compile("/u/([A-Za-z0-9_-]{20,100})(?![A-Za-z0-9_-])");

  private final BounceLog log;
  private final MeterRegistry registry;
  private final Map<String, Hook> hooks = new LinkedHashMap<>();

  private record Hook(WebhookSettings settings, Webhook webhook) {}

  public WebhookFeature(
      List<WebhookSettings> webhooks, BounceLog log, MeterRegistry registry, Clock clock) {
    this(webhooks, log, registry, clock, new HttpSnsClient());
  }

  WebhookFeature(
      List<WebhookSettings> webhooks,
      BounceLog log,
      MeterRegistry registry,
      Clock clock,
      SnsClient sns) {
    this.log = log;
    this.registry = registry;
    webhooks.forEach(
        settings -> hooks.put(settings.name(), new Hook(settings, webhook(settings, clock, sns))));
  }

  private static Webhook webhook(WebhookSettings settings, Clock clock, SnsClient sns) {
    return switch (settings.provider()) {
      case Ses -> new SesWebhook(new SnsVerification(settings.topicArns(), sns, clock), sns);
      case SendGrid ->
          Webhook.of(Verifications.sendGrid(settings.key(), clock), NoticeReaders::sendGrid);
      case Mailgun ->
          Webhook.of(Verifications.mailgun(settings.key(), clock), NoticeReaders::mailgun);
      case Postmark -> Webhook.of(Verifications.basic(settings.key()), NoticeReaders::postmark);
      case Brevo -> Webhook.of(Verifications.basic(settings.key()), NoticeReaders::brevo);
      case Generic ->
          Webhook.of(Verifications.generic(settings.key(), clock), NoticeReaders::generic);
    };
  }

  @Override
  public void register(Routes routes) {
    routes.blocking(HttpMethod.POST, "/w/:name", MAX_BODY, this::receive);
  }

  private Response receive(Request request) {
    String name = request.parameters().get("name");
    Hook hook = hooks.get(name);
    if (hook == null) {
      return Response.text(404, "there is no webhook of this name\n");
    }
    try {
      List<Notice> notices = hook.webhook().receive(request);
      record(hook.settings(), notices);
      return Response.text(200, "ok\n");
    } catch (ForgedException e) {
      count(name, "forged", 1);
      return Response.text(401, e.getMessage() + "\n");
    } catch (UnreadableException e) {
      count(name, "unreadable", 1);
      return Response.text(400, e.getMessage() + "\n");
    } catch (IOException | StoreException e) {
      LOG.warnf("The webhook %s has to come again: %s", name, e.getMessage());
      count(name, "later", 1);
      return Response.text(503, "please come again later\n").with("retry-after", "30");
    }
  }

  private void record(WebhookSettings settings, List<Notice> notices) {
    List<Bounce> attributed = new ArrayList<>();
    List<AddressBounce> others = new ArrayList<>();
    for (Notice notice : notices) {
      Optional<RecipientLinks.Subject> subject = subject(settings, notice);
      if (subject.isPresent()) {
        attributed.add(
            Bounce.of(
                subject.get().runId(),
                subject.get().profileId(),
                notice.address(),
                notice.refusal().kind(),
                notice.refusal().code(),
                notice.refusal().diagnostic()));
      } else {
        others.add(
            new AddressBounce(
                settings.name() + "/" + notice.id(),
                notice.address(),
                notice.refusal().kind(),
                notice.refusal().code(),
                notice.refusal().diagnostic()));
      }
    }
    if (!notices.isEmpty()) {
      List<Recorded> recorded =
          log.record(settings.transport(), attributed, others, settings.softLimit());
      count(
          settings.name(), "new", recorded.stream().filter(r -> r.effect() == Effect.New).count());
      count(
          settings.name(),
          "repeated",
          recorded.stream().filter(r -> r.effect() == Effect.Repeated).count());
    }
  }

  /** Which delivery it is about, when a link of that mail came along. */
  private static Optional<RecipientLinks.Subject> subject(WebhookSettings settings, Notice notice) {
    Matcher links = LINK.matcher(notice.evidence());
    while (links.find()) {
      String token = links.group(1);
      for (RecipientLinks known : settings.links().get()) {
        Optional<RecipientLinks.Subject> subject =
            known.verify(RecipientLinks.Purpose.Unsubscribe, token);
        if (subject.isPresent()) {
          return subject;
        }
      }
    }
    return Optional.empty();
  }

  private void count(String webhook, String outcome, long requests) {
    if (requests > 0) {
      Counter.builder("lettershop.collector.webhook.notices")
          .description("What providers reported, by what became of it.")
          .tag("webhook", webhook)
          .tag("outcome", outcome)
          .register(registry)
          .increment(requests);
    }
  }
}
