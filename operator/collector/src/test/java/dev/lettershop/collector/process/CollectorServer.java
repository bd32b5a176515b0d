package dev.lettershop.collector.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The packaged collector as a process of its own, which can be killed and started again. */
public final class CollectorServer implements AutoCloseable {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final CollectorFolder folder;
  private final Path log;
  private final int port;
  private final int management;
  private Process process;

  private CollectorServer(CollectorFolder folder, Path log, int port, int management) {
    this.folder = folder;
    this.log = log;
    this.port = port;
    this.management = management;
  }

  /** Starts it, and waits until it is ready. */
  public static CollectorServer start(CollectorFolder folder, Path log) throws IOException {
    CollectorServer server = new CollectorServer(folder, log, freePort(), freePort());
    server.startAgain();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Starts it on the same ports. */
  public void startAgain() throws IOException {
    launch();
    await().atMost(300, SECONDS).until(this::isReady);
  }

  void launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx160m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.management.port=" + management,
            "-jar",
            JAR.toString(),
            "--plan",
            folder.plan().toString(),
            "--secrets",
            folder.secrets().toString(),
            "--spool",
            folder.spool().toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  public boolean isReady() {
    if (!process.isAlive()) {
      throw new IllegalStateException("The collector has ended: " + log());
    }
    try {
      return get("/q/health/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Asks on the port that only the cluster reaches. */
  public java.net.http.HttpResponse<String> get(String path) throws IOException {
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path))
              .timeout(Duration.ofSeconds(5))
              .build(),
          BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "no log";
    }
  }

  Process process() {
    return process;
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
