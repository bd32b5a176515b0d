package dev.lettershop.collector;

import dev.lettershop.collector.http.ClientAddresses;
import dev.lettershop.collector.http.Feature;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Features behind a real HTTP server on a free port, in this process and without Quarkus. */
public final class TestCollector implements AutoCloseable {
  private final Vertx vertx;
  private final Collector collector;
  private final HttpServer server;

  private TestCollector(Vertx vertx, List<Feature> features) {
    this.vertx = vertx;
    this.collector = new Collector(features);
    Router router = Router.router(vertx);
    collector.register(router, vertx, new ClientAddresses(List.of()));
    this.server =
        await(
            vertx
                .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(router)
                .listen(0, "127.0.0.1"));
  }

  /** Starts serving. */
  public static TestCollector of(Feature... features) {
    return new TestCollector(Vertx.vertx(), List.of(features));
  }

  /** Such as {@code http://127.0.0.1:41234/v1/batch}. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.actualPort() + path);
  }

  public Collector collector() {
    return collector;
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("The server did not do it in time", e);
    }
  }

  @Override
  public void close() {
    await(server.close());
    collector.close();
    await(vertx.close());
  }
}
