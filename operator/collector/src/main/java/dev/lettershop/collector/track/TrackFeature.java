package dev.lettershop.collector.track;

import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Handler;
import dev.lettershop.collector.http.Routes;
import dev.lettershop.collector.intake.RateLimit;
import dev.lettershop.collector.spool.Spool;
import dev.lettershop.delivery.message.HitLinks;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.store.hit.Hit;
import dev.lettershop.store.hit.HitKind;
import dev.lettershop.store.hit.Hits;
import dev.lettershop.store.hit.LinkTarget;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Answers {@code /c/} and {@code /o/}: a click leads to where the campaign's link leads, and
 * nowhere else; an open gets an image of one pixel. Each is answered when its record is in the
 * database or on the disk.
 */
public final class TrackFeature implements Feature {
  private static final Logger LOG = Logger.getLogger(TrackFeature.class);
  private static final long KEYS_EVERY = 10_000;
  private static final long TARGETS_EVERY = 2_000;

  /** Hits a second of one mail: more than scanners make that follow every link at once. */
  private static final int OF_ONE_MAIL = 50;

  /** Opens a second of a run, of mails that have the image that is the same for everybody. */
  private static final int OF_SHARED_IMAGE = 1_000;

  private static final int SLOTS = 1 << 16;
  private static final Buffer IMAGE =
      Buffer.buffer(
          Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"));

  private final Supplier<List<RecipientLinks>> links;
  private final Pages pages;
  private final HitReader reader;
  private final HitMeters meters;
  private final Targets targets;
  private final HitLog log;
  private final RateLimit mails = new RateLimit(OF_ONE_MAIL, SLOTS, System::nanoTime);
  private final RateLimit shared = new RateLimit(OF_SHARED_IMAGE, SLOTS, System::nanoTime);
  private final RateLimit strangers;
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private volatile List<HitLinks> keys = List.of();

  /**
   * What people get to read in place of what they wanted.
   *
   * @param unknown that the link is not one of ours
   * @param later that it does not work at this moment
   */
  public record Pages(Handler unknown, Handler later) {}

  /**
   * @param links of all transports whose mails lead here, with the keys that they have now
   * @param folder where it keeps where links lead, at most {@link CollectorPlan#LINK_BYTES}
   * @param perNetwork requests a second of one network with links that are not ours
   * @param ids different ones each time
   */
  public TrackFeature(
      Supplier<List<RecipientLinks>> links,
      Hits hits,
      Spool spool,
      Path folder,
      Pages pages,
      int perNetwork,
      MeterRegistry registry,
      Clock clock,
      Supplier<UUID> ids) {
    this.links = links;
    this.pages = pages;
    this.reader = new HitReader(clock, ids);
    this.meters = new HitMeters(registry);
    this.strangers = new RateLimit(perNetwork, SLOTS, System::nanoTime);
    this.targets =
        new Targets(
            new Targets.Source() {
              @Override
              public List<LinkTarget> of(long runId) {
                return hits.targets(runId);
              }

              @Override
              public Map<Long, List<LinkTarget>> ofLast(long seconds) {
                return hits.targetsOfLast(seconds);
              }
            },
            new TargetFolder(folder, CollectorPlan.LINK_BYTES),
            System::nanoTime);
    spool.register(
        HitLog.KIND, records -> hits.append(records.stream().map(HitRecord::hit).toList()));
    this.log = new HitLog(spool);
  }

  @Override
  public void register(Routes routes) {
    routes.on(
        HttpMethod.GET,
        HitLinks.CLICK_PATH + ":token",
        0,
        (context, body) -> click(routes, context, body, System.nanoTime()));
    routes.on(
        HttpMethod.GET,
        HitLinks.OPEN_PATH + ":token",
        0,
        (context, body) -> open(routes, context, body, System.nanoTime()));
    readKeys();
    every(routes, KEYS_EVERY, this::readKeys);
    every(routes, TARGETS_EVERY, this::refresh);
    routes.vertx().executeBlocking(() -> done(this::refresh), false);
  }

  private static void every(Routes routes, long millis, Runnable work) {
    routes
        .vertx()
        .setPeriodic(millis, timer -> routes.vertx().executeBlocking(() -> done(work), false));
  }

  private static Void done(Runnable work) {
    work.run();
    return null;
  }

  private void refresh() {
    if (refreshing.compareAndSet(false, true)) {
      try {
        targets.refresh();
      } finally {
        refreshing.set(false);
      }
    }
  }

  private void readKeys() {
    try {
      keys = links.get().stream().map(RecipientLinks::hits).toList();
    } catch (IllegalArgumentException e) {
      LOG.errorf("The keys of links cannot be read; the ones from before stay: %s", e.getMessage());
    }
  }

  private <T> Optional<T> genuine(RoutingContext context, Function<HitLinks, Optional<T>> token) {
    for (HitLinks each : keys) {
      Optional<T> found = token.apply(each);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private void click(Routes routes, RoutingContext context, Buffer body, long since) {
    String token = context.pathParam("token");
    Optional<HitLinks.Click> click = genuine(context, each -> each.click(token));
    if (click.isEmpty()) {
      unknown(routes, context, body, HitKind.Click);
      return;
    }
    Map<Integer, LinkTarget> known = targets.known(click.get().runId());
    if (known != null) {
      follow(routes, context, body, click.get(), known, since);
      return;
    }
    routes
        .vertx()
        .executeBlocking(() -> targets.load(click.get().runId()), false)
        .onSuccess(loaded -> follow(routes, context, body, click.get(), loaded, since))
        .onFailure(away -> routes.answer(context, body, pages.later()));
  }

  private void follow(
      Routes routes,
      RoutingContext context,
      Buffer body,
      HitLinks.Click click,
      Map<Integer, LinkTarget> known,
      long since) {
    LinkTarget target = known.get(click.number());
    Optional<String> address = target == null ? Optional.empty() : target.with(click.values());
    if (address.isEmpty()) {
      unknown(routes, context, body, HitKind.Click);
      return;
    }
    Hit hit =
        reader.read(
            context.request(),
            HitKind.Click,
            click.runId(),
            click.profileId(),
            click.number(),
            routes.client(context.request()));
    record(context, hit, since, () -> redirect(context, address.get()));
  }

  private void open(Routes routes, RoutingContext context, Buffer body, long since) {
    String token = context.pathParam("token");
    Optional<HitLinks.Open> open = genuine(context, each -> each.open(token));
    if (open.isEmpty()) {
      unknown(routes, context, body, HitKind.Open);
      return;
    }
    Hit hit =
        reader.read(
            context.request(),
            HitKind.Open,
            open.get().runId(),
            open.get().profileId(),
            open.get().variant(),
            routes.client(context.request()));
    record(context, hit, since, () -> image(context));
  }

  /** People get where they want to, whatever becomes of the record. */
  private void record(RoutingContext context, Hit hit, long since, Runnable answer) {
    boolean allowed =
        hit.profileId() == 0
            ? shared.allows(hit.runId())
            : mails.allows(hit.runId() * 31 + hit.profileId());
    if (!allowed) {
      meters.hit(hit.kind(), "Flooded", since);
      answer.run();
      return;
    }
    log.record(
        hit,
        context.vertx().getOrCreateContext(),
        outcome -> {
          meters.hit(hit.kind(), outcome.name(), since);
          answer.run();
        });
  }

  private void unknown(Routes routes, RoutingContext context, Buffer body, HitKind kind) {
    meters.unknown(kind);
    if (strangers.allows(String.valueOf(ClientNetwork.of(routes.client(context.request()))))) {
      routes.answer(context, body, pages.unknown());
      return;
    }
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.closed()) {
      secured(response).setStatusCode(429).putHeader("retry-after", "5").end();
    }
  }

  private static void redirect(RoutingContext context, String address) {
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.closed()) {
      secured(response).setStatusCode(302).putHeader("location", address).end();
    }
  }

  private static void image(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    secured(response).putHeader("content-type", "image/gif");
    if (context.request().method() == HttpMethod.HEAD) {
      response.putHeader("content-length", Integer.toString(IMAGE.length())).end();
    } else {
      response.end(IMAGE);
    }
  }

  /** Nothing about a person is kept on the way, or told to where the link leads. */
  private static HttpServerResponse secured(HttpServerResponse response) {
    return response
        .putHeader("cache-control", "no-store")
        .putHeader("referrer-policy", "no-referrer")
        .putHeader("x-robots-tag", "noindex")
        .putHeader("x-content-type-options", "nosniff");
  }

  @Override
  public void close() {
    log.close();
  }
}
