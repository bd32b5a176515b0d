package dev.lettershop.collector.intake;

import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Routes;
import dev.lettershop.collector.intake.IntakeMeters.Refused;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The paths that the clients of Segment and RudderStack, and our own snippet, send events to.
 * Answers 200 when the calls are committed, whatever they say; 4xx only for what can never be
 * taken; and 429 with {@code Retry-After} when it cannot be taken now.
 */
public final class IntakeFeature implements Feature {
  private static final int LONGEST_HEADERS = 1_000;
  private static final Pattern HEADERS = Pattern.compile("[A-Za-z0-9_, -]+");
  private static final long KEYS_EVERY = 10_000;
  private static final long REACH_EVERY = 500;
  private static final Buffer DONE = Buffer.buffer("{\"success\":true}");
  private static final int NETWORK_SLOTS = 1 << 16;
  private static final int SOURCE_SLOTS = 1 << 12;

  private static final Map<String, CallType> SINGLE =
      Map.ofEntries(
          Map.entry("track", CallType.Track),
          Map.entry("t", CallType.Track),
          Map.entry("identify", CallType.Identify),
          Map.entry("i", CallType.Identify),
          Map.entry("page", CallType.Page),
          Map.entry("p", CallType.Page),
          Map.entry("screen", CallType.Screen),
          Map.entry("s", CallType.Screen),
          Map.entry("group", CallType.Group),
          Map.entry("g", CallType.Group),
          Map.entry("alias", CallType.Alias),
          Map.entry("a", CallType.Alias));

  private static final List<String> MANY =
      List.of("/v1/batch", "/v1/b", "/v1/import", "/beacon/v1/batch");

  /**
   * How much may come in.
   *
   * @param batchBytes largest body, decompressed
   * @param perNetwork requests a second of one network, but for sources that are servers
   * @param perSource requests a second of one source; 0 for no limit
   */
  public record Limits(int batchBytes, int perNetwork, int perSource) {}

  private final WriteKeys keys;
  private final Limits limits;
  private final GroupCommit commits;
  private final CallReader reader = new CallReader();
  private final IntakeMeters meters;
  private final Clock clock;
  private final RandomGenerator random;
  private final BooleanSupplier reachable;
  private volatile boolean reached;
  private final RateLimit networks;
  private final RateLimit sources;

  /**
   * @param reached whether the Pod has reached what it works with once; may wait for a moment
   * @param random spreads those who are to come again
   */
  public IntakeFeature(
      List<IntakeSource> sources,
      Limits limits,
      IntakeStorage storage,
      BooleanSupplier reached,
      MeterRegistry registry,
      Clock clock,
      RandomGenerator random) {
    this(sources, limits, storage, reached, GroupCommit.Bounds.DEFAULT, registry, clock, random);
  }

  IntakeFeature(
      List<IntakeSource> sources,
      Limits limits,
      GroupCommit.Storage storage,
      BooleanSupplier reachable,
      GroupCommit.Bounds bounds,
      MeterRegistry registry,
      Clock clock,
      RandomGenerator random) {
    this.keys = new WriteKeys(sources);
    this.limits = limits;
    this.reachable = reachable;
    this.clock = clock;
    this.random = random;
    this.meters = new IntakeMeters(registry);
    this.networks = new RateLimit(limits.perNetwork(), NETWORK_SLOTS, System::nanoTime);
    this.sources =
        limits.perSource() == 0
            ? null
            : new RateLimit(limits.perSource(), SOURCE_SLOTS, System::nanoTime);
    this.commits = new GroupCommit(storage, bounds, meters);
    meters.queue(commits::queuedEvents);
  }

  @Override
  public void register(Routes routes) {
    SINGLE.forEach((name, type) -> accept(routes, "/v1/" + name, type));
    MANY.forEach(path -> accept(routes, path, null));
    cors(routes, "/v1/m");
    routes.on(HttpMethod.POST, "/v1/m", limits.batchBytes(), (context, body) -> done(context));
    cors(routes, "/v1/projects/:key/settings");
    routes.on(
        HttpMethod.GET,
        "/v1/projects/:key/settings",
        0,
        (context, body) -> settings(context, context.pathParam("key")));
    Snippet snippet = new Snippet();
    routes.on(HttpMethod.GET, Snippet.PATH, 0, (context, body) -> snippet.send(context));
    routes.on(HttpMethod.GET, Pixel.PATH, 0, (context, body) -> pixel(routes, context));
    routes
        .vertx()
        .setPeriodic(
            KEYS_EVERY,
            timer ->
                routes
                    .vertx()
                    .executeBlocking(
                        () -> {
                          keys.refresh();
                          return null;
                        }));
    routes
        .vertx()
        .setPeriodic(
            REACH_EVERY, timer -> reach(routes.vertx(), () -> routes.vertx().cancelTimer(timer)));
  }

  /** Until the database was reached once, requests had better go elsewhere. */
  private void reach(Vertx vertx, Runnable done) {
    vertx
        .executeBlocking(reachable::getAsBoolean)
        .onSuccess(
            there -> {
              if (there) {
                reached = true;
                done.run();
              }
            });
  }

  /**
   * @param type of the only call in the body; null when there are many
   */
  private void accept(Routes routes, String path, CallType type) {
    cors(routes, path);
    routes.on(
        HttpMethod.POST,
        path,
        limits.batchBytes(),
        (context, body) -> take(routes, context, type, body));
  }

  private void cors(Routes routes, String path) {
    routes.preflight(
        path,
        context -> {
          allowOrigin(context);
          context
              .response()
              .putHeader("access-control-allow-methods", "GET, POST")
              .putHeader("access-control-allow-headers", headers(context))
              .putHeader("access-control-max-age", "7200")
              .setStatusCode(204)
              .end();
        });
  }

  /**
   * Those that the client asks for: which ones it sends along with an event, or when it sends one
   * again, changes with its version, and none of them gives it a right.
   */
  private static String headers(RoutingContext context) {
    String asked = context.request().getHeader("access-control-request-headers");
    return asked != null && asked.length() <= LONGEST_HEADERS && HEADERS.matcher(asked).matches()
        ? asked
        : "authorization, content-type";
  }

  private void allowOrigin(RoutingContext context) {
    String origin = context.request().getHeader("origin");
    if (origin != null && keys.knows(origin)) {
      context
          .response()
          .putHeader("access-control-allow-origin", origin)
          .putHeader("access-control-allow-credentials", "true")
          .putHeader("access-control-expose-headers", "Retry-After")
          .putHeader("vary", "Origin");
    }
  }

  private void take(Routes routes, RoutingContext context, CallType type, Buffer raw) {
    allowOrigin(context);
    try {
      Instant now = clock.instant();
      byte[] body = Inflation.of(raw.getBytes(), limits.batchBytes());
      CallReader.Body read =
          type == null ? reader.batch(body, now) : reader.single(type, body, now);
      IntakeSource source = source(context, read.writeKey());
      if (!allowed(source, routes.client(context.request()))) {
        later(context, Refused.Rate);
      } else {
        store(context, source, read.frame(), IntakeFeature::done);
      }
    } catch (Refusal refusal) {
      refuse(context, refusal);
    }
  }

  private void refuse(RoutingContext context, Refusal refusal) {
    meters.refused(
        switch (refusal.status()) {
          case 401 -> Refused.Key;
          case 403 -> Refused.Origin;
          default -> Refused.Body;
        });
    answer(context, refusal.status(), refusal.getMessage());
  }

  /** Takes an event, and answers with the image; a HEAD request takes nothing. */
  private void pixel(Routes routes, RoutingContext context) {
    if (context.request().method() == HttpMethod.HEAD) {
      Pixel.send(context);
      return;
    }
    try {
      IntakeSource source = source(context, null);
      if (!source.browser()) {
        throw new Refusal(403, "a server's write key must not stand in an address");
      }
      Frame frame = Pixel.frame(context.queryParams(), clock.instant());
      if (!allowed(source, routes.client(context.request()))) {
        later(context, Refused.Rate);
      } else {
        store(context, source, frame, Pixel::send);
      }
    } catch (Refusal refusal) {
      refuse(context, refusal);
    }
  }

  private boolean allowed(IntakeSource source, String client) {
    return (!source.browser() || networks.allows(network(client)))
        && (sources == null || sources.allows(source.name()));
  }

  /** An address of IPv4, or the first four groups of one of IPv6: what one subscriber has. */
  static String network(String client) {
    if (client.indexOf(':') < 0) {
      return client;
    }
    int end = -1;
    for (int group = 0; group < 4; group++) {
      int next = client.indexOf(':', end + 1);
      if (next < 0 || next == end + 1 && group > 0) {
        return client.substring(0, Math.max(end, 0));
      }
      end = next;
    }
    return client.substring(0, end);
  }

  private IntakeSource source(RoutingContext context, String inBody) throws Refusal {
    String basic = basic(context.request().getHeader("authorization"));
    String key = basic != null ? basic : inBody;
    IntakeSource source = keys.source(key != null ? key : context.queryParams().get("writeKey"));
    if (source == null) {
      throw new Refusal(401, "the write key is missing or not known");
    }
    String origin = context.request().getHeader("origin");
    if (source.browser() && origin != null && !source.origins().contains(origin)) {
      throw new Refusal(403, "pages of this origin may not send to this source");
    }
    return source;
  }

  /** The user name of Basic authentication, or null. */
  private static String basic(String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(authorization.substring(6).strip()),
              StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? pair : pair.substring(0, colon);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private void store(
      RoutingContext context, IntakeSource source, Frame frame, Consumer<RoutingContext> stored) {
    int calls = frame.calls().size();
    if (calls == 0) {
      stored.accept(context);
      return;
    }
    boolean taken =
        commits.offer(
            source.name(),
            calls,
            frame.bytes(),
            context.vertx().getOrCreateContext(),
            committed -> {
              if (committed) {
                meters.accepted(source.name(), calls);
                stored.accept(context);
              } else {
                later(context, Refused.Overload);
              }
            });
    if (!taken) {
      later(context, Refused.Overload);
    }
  }

  private void settings(RoutingContext context, String key) {
    allowOrigin(context);
    IntakeSource source = keys.source(key);
    if (source == null) {
      answer(context, 404, "the write key is not known");
    } else {
      ClientSettings.send(context, key);
    }
  }

  private static void done(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (!response.closed() && !response.ended()) {
      response.putHeader("content-type", "application/json").end(DONE);
    }
  }

  private void later(RoutingContext context, Refused reason) {
    meters.refused(reason);
    context.response().putHeader("retry-after", Integer.toString(random.nextInt(1, 6)));
    answer(context, 429, "please come again later");
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

  /** Links go on working while events cannot be stored, so that is not a reason. */
  @Override
  public String notReady() {
    if (!reached) {
      return "where events are stored has not been reached yet";
    }
    List<String> keyless = keys.keyless();
    return keyless.isEmpty() ? null : "no write key for " + String.join(", ", keyless);
  }

  @Override
  public void close() {
    commits.close();
  }
}
