package dev.lettershop.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A real HTTP server on this machine with the customers of a shop, in every kind of pages. */
public final class CustomerApi implements AutoCloseable {
  private static final int SIZE = 10;

  static {
    // The JDK's server waits 40 ms before it sends an answer's body otherwise (Nagle).
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final List<String> customers = new CopyOnWriteArrayList<>();
  private final List<Instant> updated = new CopyOnWriteArrayList<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger tokens = new AtomicInteger();

  /** Answers instead of the API as long as it returns true. */
  interface Fault {
    boolean answers(HttpExchange exchange) throws IOException;
  }

  volatile Fault fault = exchange -> false;
  volatile String authorization;

  public CustomerApi(int count) {
    for (int i = 1; i <= count; i++) {
      add(i, Instant.parse("2026-11-01T00:00:00Z").plusSeconds(i));
    }
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  void add(int id, Instant at) {
    customers.add(
        """
        {"customer_id": %d, "email": "p%d@example.com", "first_name": "P%d", "updated_at": "%s"}
        """
            .formatted(id, id, id, at));
    updated.add(at);
  }

  public String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestURI().toString());
      if (fault.answers(exchange)) {
        return;
      }
      if (exchange.getRequestURI().getPath().equals("/token")) {
        token(exchange);
        return;
      }
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      if (authorization != null && !authorization.equals(given)) {
        send(exchange, 401, "{}");
        return;
      }
      list(exchange);
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean known =
        "Basic aWQ6cyUyRmVjcmV0".equals(exchange.getRequestHeaders().getFirst("Authorization"))
            && form.equals("grant_type=client_credentials&scope=customers.read");
    if (!known) {
      send(exchange, 401, "{\"error\": \"invalid_client\"}");
      return;
    }
    int number = tokens.incrementAndGet();
    authorization = "Bearer token" + number;
    send(
        exchange,
        200,
        "{\"access_token\": \"token"
            + number
            + "\", \"token_type\": \"bearer\", \"expires_in\": 3600}");
  }

  private void list(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < customers.size(); i++) {
      String since = query.get("since");
      if (since == null || !updated.get(i).isBefore(Instant.parse(since))) {
        found.add(customers.get(i));
      }
    }
    int start = start(query);
    int end = Math.min(start + SIZE, found.size());
    List<String> page = start >= found.size() ? List.of() : found.subList(start, end);
    if (end < found.size()) {
      exchange
          .getResponseHeaders()
          .add(
              "Link",
              "</customers?offset=0>; rel=\"first\", </customers?offset="
                  + end
                  + (query.containsKey("since") ? "&since=" + query.get("since") : "")
                  + ">; rel=\"next\"");
    }
    String next = end < found.size() ? "\"c" + end + "\"" : "null";
    send(
        exchange,
        200,
        "{\"data\": {\"items\": ["
            + page.stream().collect(Collectors.joining(","))
            + "]}, \"meta\": {\"next\": "
            + next
            + "}}");
  }

  private static int start(Map<String, String> query) {
    if (query.containsKey("page")) {
      return (Integer.parseInt(query.get("page")) - 1) * SIZE;
    }
    if (query.containsKey("cursor")) {
      return Integer.parseInt(query.get("cursor").substring(1));
    }
    return Integer.parseInt(query.getOrDefault("offset", "0"));
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      int at = part.indexOf('=');
      query.put(
          part.substring(0, at), URLDecoder.decode(part.substring(at + 1), StandardCharsets.UTF_8));
    }
    return query;
  }

  static boolean send(HttpExchange exchange, int status, String body, String... headers)
      throws IOException {
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    return true;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
