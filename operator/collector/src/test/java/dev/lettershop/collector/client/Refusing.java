package dev.lettershop.collector.client;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between clients and the collector, and answers each third request with 429 itself. */
final class Refusing implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final URI collector;
  private final HttpServer server;

  Refusing(URI collector) throws Exception {
    this.collector = collector;
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
  }

  String base() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  int refused() {
    return refused.get();
  }

  private void handle(HttpServerRequest request) {
    request.body().onSuccess(body -> answer(request, body));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    if (request.method().name().equals("POST") && requests.incrementAndGet() % 3 == 0) {
      refused.incrementAndGet();
      String origin = request.getHeader("origin");
      if (origin != null) {
        request.response().putHeader("access-control-allow-origin", origin);
      }
      request
          .response()
          .putHeader("access-control-expose-headers", "Retry-After")
          .putHeader("access-control-allow-credentials", "true")
          .putHeader("retry-after", "1")
          .setStatusCode(429)
          .end("later");
      return;
    }
    client
        .request(
            new RequestOptions()
                .setHost(collector.getHost())
                .setPort(collector.getPort())
                .setMethod(request.method())
                .setURI(request.uri())
                .setHeaders(request.headers()))
        .compose(forwarded -> forwarded.send(body))
        .onSuccess(
            answer ->
                answer
                    .body()
                    .onSuccess(
                        content -> {
                          request.response().setStatusCode(answer.statusCode());
                          request.response().headers().setAll(answer.headers());
                          request.response().end(content);
                        })
                    .onFailure(e -> request.connection().close()))
        .onFailure(e -> request.connection().close());
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
