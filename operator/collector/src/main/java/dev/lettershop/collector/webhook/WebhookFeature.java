package dev.lettershop.collector.webhook;

import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.http.Response;
import dev.lettershop.collector.http.Routes;
import dev.lettershop.collector.spool.Spool;
import dev.lettershop.collector.spool.SpoolFullException;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.store.bounce.AddressBounce;
import dev.lettershop.store.bounce.Bounce;
import dev.lettershop.store.bounce.BounceLog;
import dev.lettershop.store.bounce.RecordedBounce;
import dev.lettershop.store.bounce.RecordedBounce.Effect;
import dev.lettershop.store.database.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Takes what providers report, at {@code /w/NAME}. Answers 200 when it is committed, or on the disk
 * while the database is away; 401 when it cannot be verified; 503 when it can neither be verified
 * nor kept now, so that the provider tries again.
 */
public final class WebhookFeature implements Feature {
  private static final Logger LOG = Logger.getLogger(WebhookFeature.class);
  private static final String KIND = "webhook";
  private static final int MAX_BODY = 1 << 20;
  private static final Pattern LINK =
      Pattern.compile("/u/([A-Za-z0-9_-]{20,100})(?![A-Za-z0-9_-])");

  private final BounceLog log;
  private final Spool spool;
  private final MeterRegistry registry;
  private final Map<String, Hook> hooks = new LinkedHashMap<>();

  private record Hook(WebhookSettings settings, Webhook webhook) {}

  /** What one request reported, as it waits on the disk. */
  record Report(String webhook, List<Bounce> attributed, List<AddressBounce> others) {}

  /**
   * @param spool keeps what was verified while the database is away
   */
  public WebhookFeature(
      List<WebhookSettings> webhooks,
      BounceLog log,
      Spool spool,
      MeterRegistry registry,
      Clock clock) {
    this(webhooks, log, spool, registry, clock, new HttpSnsClient(), SnsCertificates.platform());
  }

  WebhookFeature(
      List<WebhookSettings> webhooks,
      BounceLog log,
      Spool spool,
      MeterRegistry registry,
      Clock clock,
      SnsClient sns,
      Set<TrustAnchor> authorities) {
    SnsCertificates certificates = new SnsCertificates(sns, authorities, clock);
    this.log = log;
    this.spool = spool;
    this.registry = registry;
    webhooks.forEach(
        settings ->
            hooks.put(
                settings.name(), new Hook(settings, webhook(settings, clock, sns, certificates))));
    spool.register(KIND, this::apply);
  }

  private static Webhook webhook(
      WebhookSettings settings, Clock clock, SnsClient sns, SnsCertificates certificates) {
    return switch (settings.provider()) {
      case Ses ->
          new SesWebhook(new SnsVerification(settings.topicArns(), certificates, clock), sns);
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
      return Response.text(404, "unknown webhook\n");
    }
    try {
      List<Notice> notices = hook.webhook().receive(request);
      keep(hook.settings(), notices);
      return Response.text(200, "ok\n");
    } catch (ForgedException e) {
      count(name, "forged", 1);
      return Response.text(401, e.getMessage() + "\n");
    } catch (UnreadableException e) {
      count(name, "unreadable", 1);
      return Response.text(400, e.getMessage() + "\n");
    } catch (IOException | StoreException | SpoolFullException e) {
      LOG.warnf("The webhook %s has to come again: %s", name, e.getMessage());
      count(name, "later", 1);
      return Response.text(503, "please come again later\n").with("retry-after", "30");
    }
  }

  private void keep(WebhookSettings settings, List<Notice> notices) throws IOException {
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
      spool.keep(
          KIND,
          JsonMappers.PLAIN.writeValueAsBytes(new Report(settings.name(), attributed, others)));
    }
  }

  private void apply(List<byte[]> records) {
    for (byte[] each : records) {
      Report report = read(each);
      Hook hook = hooks.get(report.webhook());
      if (hook == null) {
        throw new IllegalStateException("This webhook was removed");
      }
      WebhookSettings settings = hook.settings();
      List<RecordedBounce> recorded =
          log.record(
              settings.transport(), report.attributed(), report.others(), settings.softLimit());
      count(settings.name(), "new", with(Effect.New, recorded));
      count(settings.name(), "repeated", with(Effect.Repeated, recorded));
    }
  }

  private static long with(Effect effect, List<RecordedBounce> recorded) {
    return recorded.stream().filter(each -> each.effect() == effect).count();
  }

  private static Report read(byte[] report) {
    try {
      return JsonMappers.PLAIN.readValue(report, Report.class);
    } catch (IOException e) {
      throw new UncheckedIOException("A record is not one of this version's", e);
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
