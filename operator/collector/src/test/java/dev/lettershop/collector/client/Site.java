package dev.lettershop.collector.client;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A shop's site, of another origin than the collector. */
final class Site implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  /**
   * @param files by path
   */
  Site(Map<String, Path> files) throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  Path file = files.get(request.path());
                  if (file == null) {
                    request.response().setStatusCode(404).end();
                  } else {
                    request.response().sendFile(file.toString());
                  }
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
  }

  String origin() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
