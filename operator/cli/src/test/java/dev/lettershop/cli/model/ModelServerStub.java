package dev.lettershop.cli.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A model server with the Open Inference Protocol that can be at fault in many ways. */
final class ModelServerStub implements AutoCloseable {
  /** What it does with a request. */
  enum Mood {
    Well,
    Slow,
    Redirecting,
    Html,
    NaN,
    WrongLength,
    TooManyRequests,
    /** Repeats what it was sent, as some servers do. */
    Echoing
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  final List<String> requests = new CopyOnWriteArrayList<>();
  volatile Mood mood = Mood.Well;
  volatile double score = 0.25;

  ModelServerStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet() + body);
    int people = people(body);
    try {
      switch (mood) {
        case Well -> reply(exchange, 200, tensor(people, Double.toString(score)));
        case Slow -> {
          closed.await();
          exchange.close();
        }
        case Redirecting -> {
          exchange.getResponseHeaders().add("Location", "http://elsewhere.example/");
          reply(exchange, 302, "");
        }
        case Html -> reply(exchange, 200, "<html>Welcome</html>");
        case NaN -> reply(exchange, 200, tensor(people, "NaN"));
        case WrongLength -> reply(exchange, 200, tensor(people - 1, "0.5"));
        case TooManyRequests -> {
          exchange.getResponseHeaders().add("Retry-After", "3600");
          reply(exchange, 429, "");
        }
        case Echoing -> reply(exchange, 400, "{\"message\": " + body + "}");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int people(String body) throws IOException {
    JsonNode shape = new ObjectMapper().readTree(body).at("/inputs/0/shape/0");
    return shape.asInt();
  }

  private static String tensor(int people, String chance) {
    StringBuilder data = new StringBuilder();
    for (int i = 0; i < people; i++) {
      data.append(i > 0 ? "," : "").append("0.5,").append(chance);
    }
    return "{\"outputs\": [{\"name\": \"predict_proba\", \"datatype\": \"FP64\", \"shape\": ["
        + people
        + ", 2], \"data\": ["
        + data
        + "]}]}";
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
