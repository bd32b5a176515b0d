package dev.lettershop.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lettershop.encoding.JsonMappers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** As much of an API server as a worker speaks to: it notes patches and answers as told. */
public final class ApiStandIn implements AutoCloseable {
  /** One request, as it came. */
  public record Patch(
      String method, String path, String contentType, String authorization, JsonNode body) {}

  private final HttpServer server;
  private final Path serviceAccount;
  private final List<Patch> patches = new CopyOnWriteArrayList<>();
  private volatile int answer = 200;

  /**
   * @param serviceAccount folder to be made, for the worker's token
   */
  public ApiStandIn(Path serviceAccount) throws IOException {
    this.serviceAccount = Files.createDirectories(serviceAccount);
    Files.writeString(serviceAccount.resolve("namespace"), "shop");
    token("first-token");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "api-stand-in");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::serve);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    JsonNode body = JsonMappers.PLAIN.readTree(exchange.getRequestBody());
    patches.add(
        new Patch(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            exchange.getRequestHeaders().getFirst("Authorization"),
            body));
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  public void token(String token) throws IOException {
    Files.writeString(serviceAccount.resolve("token"), token + "\n");
  }

  public void answer(int status) {
    answer = status;
  }

  /** Whatever was asked, in the order in which it came. */
  public List<Patch> patches() {
    return patches;
  }

  public Patch lastPatch() {
    return patches.get(patches.size() - 1);
  }

  /** The last about an object of one kind. */
  public Patch lastPatch(String plural) {
    return patches.stream()
        .filter(patch -> patch.path().contains("/" + plural + "/"))
        .reduce((former, latter) -> latter)
        .orElseThrow();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public Path serviceAccount() {
    return serviceAccount;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
