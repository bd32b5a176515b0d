package dev.lettershop.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/** A Vert.x endpoint that parses what comes and answers: the limit that a collector can reach. */
final class BareEndpoint extends AbstractVerticle {
  private static final JsonFactory JSON = new JsonFactory();

  private final int port;

  private BareEndpoint(int port) {
    this.port = port;
  }

  public static void main(String... arguments) {
    int port = Integer.parseInt(arguments[0]);
    Vertx.vertx()
        .deployVerticle(() -> new BareEndpoint(port), new DeploymentOptions().setInstances(2));
  }

  @Override
  public void start() {
    vertx.createHttpServer().requestHandler(BareEndpoint::answer).listen(port, "127.0.0.1");
  }

  private static void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              try (JsonParser parser = JSON.createParser(body.getBytes())) {
                while (parser.nextToken() != null) {
                  parser.currentName();
                }
                request.response().end("{\"success\":true}");
              } catch (IOException e) {
                request.response().setStatusCode(400).end();
              }
            });
  }
}
