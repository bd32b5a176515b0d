package dev.lettershop.cli.preview;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lettershop.worker.preview.PreviewGallery.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Shows the latest page to browsers of this machine. It listens on the loopback interface only, and
 * answers only who calls it by a name of this machine: a page of the web that leads its own name
 * here is refused.
 */
final class PreviewServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int MISDIRECTED = 421;

  private final HttpServer server;
  private volatile Page page = new Page("", java.util.Map.of());
  private volatile int version;

  private PreviewServer(HttpServer server) {
    this.server = server;
  }

  /**
   * @param port 0 for a free one
   * @throws IOException when the port is taken
   */
  static PreviewServer start(int port) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    PreviewServer server = new PreviewServer(http);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  /** Shows another page from now on. */
  synchronized void show(Page newer) {
    page = newer;
    version++;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!isOfThisMachine(exchange.getRequestHeaders().getFirst("Host"))) {
        reply(exchange, MISDIRECTED, "text/plain", bytes("Call it " + url() + "\n"));
      } else if (!exchange.getRequestMethod().equals("GET")) {
        reply(exchange, NOT_ALLOWED, "text/plain", bytes("Only GET\n"));
      } else {
        get(exchange);
      }
    }
  }

  private void get(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(1);
    Page shown = page;
    if (path.isEmpty()) {
      reply(exchange, OK, "text/html; charset=utf-8", bytes(shown.html()));
    } else if (path.equals("version")) {
      reply(exchange, OK, "text/plain", bytes(Integer.toString(version)));
    } else if (shown.messages().containsKey(path)) {
      reply(exchange, OK, "message/rfc822", shown.messages().get(path));
    } else {
      reply(exchange, NOT_FOUND, "text/plain", bytes("There is no such page\n"));
    }
  }

  private boolean isOfThisMachine(String host) {
    return host != null
        && Set.of("127.0.0.1:" + port(), "localhost:" + port(), "[::1]:" + port()).contains(host);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void reply(HttpExchange exchange, int code, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
    exchange.getResponseHeaders().set("X-Frame-Options", "DENY");
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
