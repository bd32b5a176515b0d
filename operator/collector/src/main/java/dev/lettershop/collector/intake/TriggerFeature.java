package dev.lettershop.collector.intake;

import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Routes;
import dev.lettershop.collector.intake.IntakeMeters.Refused;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.trigger.Triggers;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Takes what triggers one campaign, signed as Standard Webhooks has it. The id of the message is
 * that of the event: whoever sends it again triggers nothing again. Answers 202 when the event is
 * committed, 503 when it should come again, and 4xx when that would change nothing.
 */
public final class TriggerFeature implements Feature {
  private static final Logger LOG = Logger.getLogger(TriggerFeature.class);
  private static final int MAX_BODY = 2 * CallReader.CALL_BYTES;

  /** So many look for their campaign at a time; further ones had better come again. */
  private static final int UNDER_WAY = 64;

  private final String namespace;
  private final List<SignedSource> sources;
  private final Triggers triggers;
  private final GroupCommit commits;
  private final IntakeMeters meters;
  private final Clock clock;
  private final Semaphore places = new Semaphore(UNDER_WAY);

  /** What is taken of a request. */
  private record Taken(String source, Frame frame) {}

  /**
   * @param namespace of the campaigns
   * @param sources each with a key of its own
   * @param storage used by one thread, and by nobody else
   */
  public TriggerFeature(
      String namespace,
      List<SignedSource> sources,
      Triggers triggers,
      IntakeStorage storage,
      MeterRegistry registry,
      Clock clock) {
    this.namespace = namespace;
    this.sources = List.copyOf(sources);
    this.triggers = triggers;
    this.meters = new IntakeMeters(registry);
    this.commits = new GroupCommit(storage, GroupCommit.Bounds.DEFAULT, meters);
    this.clock = clock;
  }

  @Override
  public void register(Routes routes) {
    routes.on(
        HttpMethod.POST,
        "/v1/triggers/:namespace/:campaign",
        MAX_BODY,
        (context, body) -> receive(routes, context, body));
  }

  private void receive(Routes routes, RoutingContext context, Buffer body) {
    if (!places.tryAcquire()) {
      later(context);
      return;
    }
    Callable<Taken> read = () -> read(context, body.getBytes());
    routes
        .vertx()
        .executeBlocking(read, false)
        .onComplete(done -> places.release())
        .onSuccess(taken -> store(context, taken))
        .onFailure(failure -> refuse(context, failure));
  }

  private Taken read(RoutingContext context, byte[] body) throws Refusal {
    Instant now = clock.instant();
    HttpServerRequest request = context.request();
    WebhookSignature signature =
        WebhookSignature.of(
            request.getHeader("webhook-id"),
            request.getHeader("webhook-timestamp"),
            request.getHeader("webhook-signature"),
            now);
    SignedSource source =
        sources.stream()
            .filter(each -> signature.isOf(each.signingKey().get(), body))
            .findFirst()
            .orElseThrow(() -> new Refusal(401, "the signature is wrong"));
    String event = event(context.pathParam("namespace"), context.pathParam("campaign"), source);
    return new Taken(source.name(), TriggerBody.frame(body, signature.id(), event, now));
  }

  /** The event that triggers the campaign of the path. Only asked by who has a key. */
  private String event(String space, String campaign, SignedSource source) throws Refusal {
    Refusal unknown = new Refusal(404, "there is no campaign of this name that an event triggers");
    if (!namespace.equals(space)) {
      throw unknown;
    }
    String event = triggers.eventOf(namespace, campaign).orElseThrow(() -> unknown);
    if (!source.events().isEmpty() && !source.events().contains(event)) {
      throw new Refusal(403, "the source " + source.name() + " may not send " + event);
    }
    return event;
  }

  private void store(RoutingContext context, Taken taken) {
    int calls = taken.frame().calls().size();
    boolean offered =
        commits.offer(
            taken.source(),
            calls,
            taken.frame().bytes(),
            context.vertx().getOrCreateContext(),
            committed -> {
              if (committed) {
                meters.accepted(taken.source(), calls);
                answer(context, 202, "taken");
              } else {
                later(context);
              }
            });
    if (!offered) {
      later(context);
    }
  }

  private void refuse(RoutingContext context, Throwable failure) {
    if (failure instanceof Refusal refusal) {
      meters.refused(refusal.status() == 401 ? Refused.Key : Refused.Body);
      answer(context, refusal.status(), refusal.getMessage());
    } else if (failure instanceof StoreException e) {
      LOG.warnf("What triggers a campaign has to come again: %s", e.getMessage());
      later(context);
    } else {
      LOG.errorf("What triggers a campaign was not taken: %s", failure.getClass().getName());
      answer(context, 500, "something went wrong; please try again");
    }
  }

  private void later(RoutingContext context) {
    meters.refused(Refused.Overload);
    context.response().putHeader("retry-after", "5");
    answer(context, 503, "please come again later");
  }

  private static void answer(RoutingContext context, int status, String message) {
    HttpServerResponse response = context.response();
    if (!response.closed() && !response.ended()) {
      response
          .setStatusCode(status)
          .putHeader("content-type", "text/plain; charset=utf-8")
          .end(message + "\n");
    }
  }

  @Override
  public String notReady() {
    List<String> keyless =
        sources.stream()
            .filter(source -> source.signingKey().get().isEmpty())
            .map(SignedSource::name)
            .toList();
    return keyless.isEmpty() ? null : "no signing key for " + String.join(", ", keyless);
  }

  @Override
  public void close() {
    commits.close();
  }
}
