package dev.lettershop.collector.http;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Where features register what they answer. HEAD is answered like GET, without a body; OPTIONS is
 * answered here and reaches no feature.
 */
public final class Routes {
  private static final Logger LOG = Logger.getLogger(Routes.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration LINGER = Duration.ofSeconds(1);

  /** Takes a body that was read to its end, on the event loop: it must not wait. */
  public interface Direct {
    void handle(RoutingContext context, Buffer body);
  }

  private final Router router;
  private final Vertx vertx;
  private final ClientAddresses clients;
  private final Map<String, Set<String>> methods = new LinkedHashMap<>();

  public Routes(Router router, Vertx vertx, ClientAddresses clients) {
    this.router = router;
    this.vertx = vertx;
    this.clients = clients;
  }

  /** Address of the client, behind the proxies that are trusted. */
  public String client(HttpServerRequest request) {
    return clients.of(request);
  }

  public Vertx vertx() {
    return vertx;
  }

  /**
   * Answers on a worker thread.
   *
   * @param method GET or POST, or another one
   * @param path such as {@code /u/:token}
   * @param maxBody larger bodies are refused with 413
   */
  public void blocking(HttpMethod method, String path, int maxBody, Handler handler) {
    on(method, path, maxBody, (context, body) -> answer(context, body, handler));
  }

  /** Has a request answered on a worker thread. */
  public void answer(RoutingContext context, Buffer body, Handler handler) {
    Request request = request(context, body);
    vertx
        .executeBlocking(() -> handler.handle(request), false)
        .onSuccess(response -> send(context, response))
        .onFailure(failure -> fail(context, failure));
  }

  /**
   * Answers on the event loop.
   *
   * @param path such as {@code /v1/batch}
   * @param maxBody larger bodies are refused with 413
   */
  public void on(HttpMethod method, String path, int maxBody, Direct handler) {
    allow(method, path);
    router.route(method, path).handler(context -> read(context, maxBody, handler));
    if (method == HttpMethod.GET) {
      router.route(HttpMethod.HEAD, path).handler(context -> read(context, maxBody, handler));
    }
  }

  /** Answers OPTIONS for a path otherwise than by naming the methods: for CORS. */
  public void preflight(String path, Consumer<RoutingContext> handler) {
    methods.put(path, new TreeSet<>());
    router.route(HttpMethod.OPTIONS, path).handler(handler::accept);
  }

  private void allow(HttpMethod method, String path) {
    boolean known = methods.containsKey(path);
    Set<String> allowed = methods.computeIfAbsent(path, p -> new TreeSet<>(Set.of("OPTIONS")));
    allowed.add(method.name());
    if (method == HttpMethod.GET) {
      allowed.add("HEAD");
    }
    if (!known) {
      router
          .route(HttpMethod.OPTIONS, path)
          .handler(
              context ->
                  context
                      .response()
                      .setStatusCode(204)
                      .putHeader("allow", String.join(", ", methods.get(path)))
                      .end());
    }
  }

  private void read(RoutingContext context, int maxBody, Direct handler) {
    Body.read(
        context.request(),
        maxBody,
        PATIENCE,
        new Body.Receiver() {
          @Override
          public void received(Buffer body) {
            handler.handle(context, body);
          }

          @Override
          public void refused(int status, String reason) {
            refuse(context, status, reason);
          }
        });
  }

  /**
   * Answers, and closes the connection soon: what is left of the body is thrown away for a moment,
   * so that a client that is still writing gets to read the answer.
   */
  private void refuse(RoutingContext context, int status, String reason) {
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.closed()) {
      response.putHeader("connection", "close");
      send(context, Response.text(status, reason + "\n"));
      vertx.setTimer(LINGER.toMillis(), timer -> context.request().connection().close());
    }
  }

  private Request request(RoutingContext context, Buffer body) {
    HttpServerRequest request = context.request();
    HttpMethod method = request.method() == HttpMethod.HEAD ? HttpMethod.GET : request.method();
    return new Request(
        method.name(),
        request.path(),
        Map.copyOf(context.pathParams()),
        firsts(context.queryParams(), UnaryOperator.identity()),
        firsts(request.headers(), name -> name.toLowerCase(Locale.ROOT)),
        body.getBytes(),
        clients.of(request));
  }

  private static Map<String, String> firsts(MultiMap values, UnaryOperator<String> spelling) {
    Map<String, String> firsts = new HashMap<>();
    values.forEach((name, value) -> firsts.putIfAbsent(spelling.apply(name), value));
    return firsts;
  }

  private static void fail(RoutingContext context, Throwable failure) {
    LOG.errorf("A request could not be answered: %s", failure.getClass().getName());
    send(context, Response.text(500, "something went wrong; please try again\n"));
  }

  private static void send(RoutingContext context, Response response) {
    HttpServerResponse out = context.response();
    if (out.ended() || out.closed()) {
      return;
    }
    out.setStatusCode(response.status());
    response.headers().forEach(out::putHeader);
    out.putHeader("x-content-type-options", "nosniff");
    if (context.request().method() == HttpMethod.HEAD) {
      out.putHeader("content-length", Integer.toString(response.body().length));
      out.end();
    } else {
      out.end(Buffer.buffer(response.body()));
    }
  }
}
