package dev.lettershop.playground.controller;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged controller, running. It takes a free port of the loopback interface and tells it in
 * its log.
 */
public final class ControllerProcess implements AutoCloseable {
  /** System property that names the controller's {@code quarkus-run.jar}. */
  public static final String PROPERTY = "lettershop.controller";

  private static final Pattern LISTENING =
      Pattern.compile("Listening on: (http://[\\w.:\\[\\]-]+)");
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration TO_ANSWER = Duration.ofSeconds(5);
  private static final int TO_STOP_SECONDS = 10;
  private static final int LAST_LINES = 5;

  /**
   * Little memory and a fast start: a playground's controller lives for seconds or hours with a
   * handful of resources.
   */
  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xms24m",
          "-Xmx128m",
          "-Xss512k",
          "-XX:MaxMetaspaceSize=160m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dfile.encoding=UTF-8");

  private final Process process;
  private final Path log;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TO_ANSWER).build();

  private ControllerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the controller, without waiting for anything.
   *
   * @param jar its {@code quarkus-run.jar}
   * @param kubeconfig of the API server to watch, all namespaces of it
   * @param log file for what it says; written anew
   * @param environment further variables, such as settings of the controller
   * @throws IOException when it cannot be started
   */
  public static ControllerProcess start(
      Path jar, Path kubeconfig, Path log, Map<String, String> environment) throws IOException {
    if (!Files.isRegularFile(jar)) {
      throw new IOException("controller not found at " + jar + "; call ./lettershop of the tree");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(log.toAbsolutePath().getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(ControllerProcess::isSettingOfOurs);
    builder.environment().put("KUBECONFIG", kubeconfig.toAbsolutePath().toString());
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    builder.environment().put("LETTERSHOP_WATCH_NAMESPACES", "*");
    builder.environment().put("LETTERSHOP_LEADER_ELECTION_ENABLED", "false");
    builder.environment().putAll(environment);
    return new ControllerProcess(builder.start(), log);
  }

  /** What the shell of the caller holds for some other controller must not reach this one. */
  private static boolean isSettingOfOurs(String variable) {
    return variable.startsWith("QUARKUS_")
        || variable.startsWith("LETTERSHOP_")
        || variable.startsWith("KUBERNETES_");
  }

  /**
   * Waits until it says that it is ready.
   *
   * @throws IOException when it ends before, or is not ready in time; with the end of its log
   */
  public void awaitReady(Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new IOException("the controller ended with " + process.exitValue() + lastWords());
      }
      if (isReady()) {
        return;
      }
      Thread.sleep(POLL.toMillis());
    }
    throw new IOException(
        "the controller is not ready after " + patience.toSeconds() + " s" + lastWords());
  }

  private boolean isReady() throws InterruptedException {
    Optional<URI> address = address();
    if (address.isEmpty()) {
      return false;
    }
    HttpRequest request =
        HttpRequest.newBuilder(address.get().resolve("/q/health/ready")).timeout(TO_ANSWER).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where its health and metrics are; empty until it listens. */
  public Optional<URI> address() {
    try {
      Matcher listening = LISTENING.matcher(Files.readString(log));
      return listening.find() ? Optional.of(URI.create(listening.group(1))) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Number of its process, for whoever watches it from outside. */
  public long pid() {
    return process.pid();
  }

  public Path log() {
    return log;
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
      return "; its log " + log + " ends with\n  " + String.join("\n  ", last);
    } catch (IOException e) {
      return "; its log is " + log;
    }
  }

  /** Ends it in order, and by force when that takes too long. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(TO_STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
