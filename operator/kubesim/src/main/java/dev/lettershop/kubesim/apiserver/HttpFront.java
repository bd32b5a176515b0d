package dev.lettershop.kubesim.apiserver;

import dev.lettershop.kubesim.apiserver.ObjectStore.Watch;
import dev.lettershop.kubesim.apiserver.object.ApiException;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The HTTP side: plain requests in worker threads, watches over HTTP and over WebSockets. */
final class HttpFront implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(HttpFront.class.getName());
  private static final String LOOPBACK = "127.0.0.1";
  private static final int WORKERS = 4;
  private static final int DISTURBANCES = 32;
  private static final long CLIENTS_BREATH_MILLIS = 50;

  private final Vertx vertx;
  private final HttpServer server;
  private final ApiHandler handler;
  private final WatchRequests watches;
  private final RequestLog log;
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private final WorkerExecutor disturbances;
  private volatile RequestInterceptor disturbance;

  HttpFront(ApiHandler handler, WatchRequests watches, RequestLog log, int port) {
    this.handler = handler;
    this.watches = watches;
    this.log = log;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setWorkerPoolSize(WORKERS)
                .setEventLoopPoolSize(1)
                // Busy machines are no news, and this is not a production server.
                .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS)
                .setBlockedThreadCheckInterval(1));
    // Of their own, for they may wait for answers of this very server.
    this.disturbances = vertx.createSharedWorkerExecutor("disturbances", DISTURBANCES);
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(LOOPBACK)
            .setPort(port)
            .setHandle100ContinueAutomatically(true);
    this.server =
        vertx
            .createHttpServer(options)
            .requestHandler(this::accept)
            .exceptionHandler(e -> LOG.log(Level.FINE, "A client hung up", e));
    try {
      await(server.listen());
    } catch (IllegalStateException e) {
      vertx.close();
      throw new IllegalStateException(
          "Cannot listen on port "
              + port
              + " of "
              + LOOPBACK
              + ": is it taken? Name another one, or 0 for a free one",
          e);
    }
  }

  int port() {
    return server.actualPort();
  }

  void disturb(RequestInterceptor disturbance) {
    this.disturbance = disturbance;
  }

  void interruptWatches() {
    streams.forEach(stream -> stream.context.runOnContext(any -> stream.close.run()));
  }

  @Override
  public void close() {
    await(server.close());
    await(vertx.close());
  }

  private void accept(HttpServerRequest request) {
    ApiRequest head = request(request, new byte[0]);
    if (head.isWatch() && refusal(request, false).isEmpty()) {
      watch(request, head);
      return;
    }
    request
        .body()
        .compose(
            body ->
                refusal(request, body.length() > 0)
                    .map(why -> Future.succeededFuture(ApiResponse.of(why)))
                    .orElseGet(() -> answer(request(request, body.getBytes()))))
        .onSuccess(response -> send(request.response(), response))
        .onFailure(e -> request.connection().close());
  }

  private static Optional<ApiException> refusal(HttpServerRequest request, boolean hasBody) {
    return CallerCheck.refusal(
        header(request, "Host"),
        header(request, "Origin"),
        header(request, "Content-Type"),
        hasBody);
  }

  private Future<ApiResponse> answer(ApiRequest request) {
    RequestInterceptor now = disturbance;
    if (now == null) {
      return handled(request);
    }
    RequestInterceptor.Asked asked = asked(request);
    return disturbances
        .executeBlocking(() -> now.before(asked), false)
        .compose(
            instead ->
                instead.isPresent()
                    ? Future.succeededFuture(disturbed(instead.getAsInt()))
                    : handled(request).compose(response -> after(now, asked, response)));
  }

  private Future<ApiResponse> after(
      RequestInterceptor by, RequestInterceptor.Asked asked, ApiResponse response) {
    return disturbances.executeBlocking(
        () -> {
          by.after(asked, response.code());
          return response;
        },
        false);
  }

  private Future<ApiResponse> handled(ApiRequest request) {
    return vertx.executeBlocking(
        () -> {
          ApiResponse response;
          try {
            response = handler.handle(request);
          } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, request.method() + " " + request.path() + " failed", e);
            response =
                ApiResponse.json(
                    500,
                    StoredObject.JSON
                        .createObjectNode()
                        .put("kind", "Status")
                        .put("apiVersion", "v1")
                        .put("status", "Failure")
                        .put("reason", "InternalError")
                        .put("message", "Internal error occurred: " + e)
                        .put("code", 500));
          }
          count(request, response.code());
          return response;
        },
        false);
  }

  private static RequestInterceptor.Asked asked(ApiRequest request) {
    boolean collection =
        RequestPath.parse(request.path()).map(path -> path.name() == null).orElse(false);
    return new RequestInterceptor.Asked(request.verb(collection), request.path(), request.agent());
  }

  private static ApiResponse disturbed(int code) {
    if (code == RequestInterceptor.HANG_UP) {
      throw new IllegalStateException("The connection is to be closed");
    }
    return ApiResponse.of(ApiException.disturbed(code));
  }

  private void count(ApiRequest request, int code) {
    Optional<RequestPath> path = RequestPath.parse(request.path());
    String verb = request.verb(path.map(p -> p.name() == null).orElse(false));
    String resource =
        path.map(
                p ->
                    p.plural()
                        + (p.group().isEmpty() ? "" : "." + p.group())
                        + (p.subresource() == null ? "" : "/" + p.subresource()))
            .orElse(request.path());
    log.add(verb, resource, new RequestLog.Write(verb, request.path(), request.agent(), code));
  }

  private void watch(HttpServerRequest request, ApiRequest asked) {
    RequestInterceptor now = disturbance;
    OptionalInt instead = now == null ? OptionalInt.empty() : now.before(asked(asked));
    if (instead.isPresent() && instead.getAsInt() == RequestInterceptor.HANG_UP) {
      request.connection().close();
      return;
    }
    Optional<ApiResponse> refusal =
        instead.isPresent() ? Optional.of(disturbed(instead.getAsInt())) : watches.refusal(asked);
    count(asked, refusal.map(ApiResponse::code).orElse(200));
    if (refusal.isPresent()) {
      request.body().onComplete(any -> send(request.response(), refusal.get()));
      return;
    }
    Context context = vertx.getOrCreateContext();
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      request
          .toWebSocket()
          .onSuccess(
              socket -> {
                Stream stream =
                    new Stream(
                        context,
                        text -> {
                          if (!socket.isClosed()) {
                            socket.writeTextMessage(text.toString());
                          }
                        },
                        () -> socket.close());
                socket.closeHandler(any -> stream.end());
                // The client asks first and sets its handlers then: what comes at once is lost to
                // it.
                vertx.setTimer(CLIENTS_BREATH_MILLIS, any -> stream.begin(asked));
              });
      return;
    }
    HttpServerResponse response = request.response();
    response.putHeader("Content-Type", "application/json").setChunked(true);
    Stream stream =
        new Stream(
            context,
            text -> {
              if (!response.ended() && !response.closed()) {
                response.write(text);
              }
            },
            () -> {
              if (!response.ended()) {
                response.end();
              }
            });
    response.closeHandler(any -> stream.end());
    response.endHandler(any -> stream.end());
    // The headers go out at once: clients wait for them before they count as watching.
    response.write(Buffer.buffer()).onSuccess(any -> stream.begin(asked));
  }

  /** One watch: written to on the event loop only, so that nothing overtakes anything. */
  private final class Stream {
    private final Context context;
    private final Consumer<Buffer> out;
    private final Runnable close;
    private Watch watch;
    private long timer = -1;
    private boolean ended;

    private Stream(Context context, Consumer<Buffer> out, Runnable close) {
      this.context = context;
      this.out = out;
      this.close = close;
    }

    private void begin(ApiRequest request) {
      if (ended) {
        return;
      }
      streams.add(this);
      try {
        watch = watches.begin(request, text -> context.runOnContext(any -> out.accept(text)));
        int seconds = Integer.parseInt(request.query().getOrDefault("timeoutSeconds", "0"));
        if (seconds > 0) {
          timer = vertx.setTimer(TimeUnit.SECONDS.toMillis(seconds), any -> close.run());
        }
      } catch (ApiException e) {
        out.accept(WatchRequests.error(e));
        close.run();
      }
    }

    private void end() {
      ended = true;
      streams.remove(this);
      if (watch != null) {
        watch.close();
      }
      if (timer >= 0) {
        vertx.cancelTimer(timer);
      }
    }
  }

  private static ApiRequest request(HttpServerRequest request, byte[] body) {
    Map<String, String> query = new HashMap<>();
    request.params().forEach(query::put);
    return new ApiRequest(
        request.method().name(),
        URLDecoder.decode(request.path().replace("+", "%2B"), StandardCharsets.UTF_8),
        query,
        header(request, "Accept"),
        header(request, "Content-Type"),
        header(request, "User-Agent"),
        body);
  }

  private static String header(HttpServerRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  private static void send(HttpServerResponse response, ApiResponse answer) {
    if (!response.closed()) {
      response
          .setStatusCode(answer.code())
          .putHeader("Content-Type", answer.contentType())
          .end(Buffer.buffer(answer.body()));
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } catch (ExecutionException | TimeoutException | CompletionException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
