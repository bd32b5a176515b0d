package dev.lettershop.cli.pod;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;

/** Answers a kubelet that asks whether a Pod lives and is ready. */
public final class Probes implements AutoCloseable {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;

  private Probes(HttpServer server) {
    this.server = server;
  }

  /**
   * @param port 0 for any free one, negative for none
   * @param ready asked for each {@code GET /ready}
   * @throws IOException when the port is taken
   */
  public static Probes open(int port, BooleanSupplier ready) throws IOException {
    if (port < 0) {
      return new Probes(null);
    }
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/live", exchange -> answer(exchange, OK));
    server.createContext(
        "/ready", exchange -> answer(exchange, ready.getAsBoolean() ? OK : UNAVAILABLE));
    server.start();
    return new Probes(server);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
  }
}
