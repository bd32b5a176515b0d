package dev.lettershop.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * As much of a Trino coordinator as its driver speaks to: it notes statements, and answers each
 * with one page of rows. It runs no SQL: whether Trino takes the statements it does not tell.
 */
final class TrinoStandIn implements AutoCloseable {
  private final HttpServer server;
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final Function<String, String> answers;

  /**
   * @param answers members {@code columns} and {@code data} of Trino's answer to a statement
   */
  TrinoStandIn(Function<String, String> answers) throws IOException {
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "jdbc:trino://localhost:" + server.getAddress().getPort() + "/hive/shop";
  }

  /** Whatever was asked, in the order in which it came. */
  List<String> statements() {
    return statements;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String body = "";
    if (exchange.getRequestMethod().equals("POST")) {
      statements.add(text);
      body =
          """
          {"id": "1", "infoUri": "http://localhost/ui", %s,
           "stats": {"state": "FINISHED", "queued": false, "scheduled": true, "nodes": 1,
             "totalSplits": 1, "queuedSplits": 0, "runningSplits": 0, "completedSplits": 1,
             "cpuTimeMillis": 1, "wallTimeMillis": 1, "queuedTimeMillis": 1,
             "elapsedTimeMillis": 1, "processedRows": 1, "processedBytes": 1,
             "physicalInputBytes": 1, "peakMemoryBytes": 1, "spilledBytes": 0},
           "warnings": []}
          """
              .formatted(answers.apply(text));
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
