package dev.lettershop.bench;

import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged controller as a process. */
final class PackagedController implements AutoCloseable {
  /** What {@code deploy/lettershop.yaml} comes to with its limit of memory. */
  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-Xmx96m", "-Xss512k", "-XX:TieredStopAtLevel=1");

  private final Process process;
  private final int port;
  private final long began;

  private PackagedController(Process process, int port, long began) {
    this.process = process;
    this.port = port;
    this.began = began;
  }

  static PackagedController start(Path kubeconfig, String namespace, Path log) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-jar", "operator/controller/target/quarkus-app/quarkus-run.jar"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.environment().put("LETTERSHOP_WATCH_NAMESPACES", namespace);
    builder.environment().put("LETTERSHOP_WORKER_IMAGE", "lettershop-worker:bench");
    builder.environment().put("LETTERSHOP_COLLECTOR_IMAGE", "lettershop-collector:bench");
    builder.environment().put("LETTERSHOP_LEADER_ELECTION_ENABLED", "false");
    builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
    long began = System.nanoTime();
    return new PackagedController(builder.start(), port, began);
  }

  long began() {
    return began;
  }

  double awaitReady() throws Exception {
    Waiting.await(60, this::isReady);
    return (System.nanoTime() - began) / 1e9;
  }

  private boolean isReady() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://localhost:" + port + "/q/health/ready").toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(2_000);
      return connection.getResponseCode() == 200;
    } catch (java.io.IOException notYet) {
      return false;
    }
  }

  double peakMib() throws Exception {
    return memory("VmHWM:");
  }

  double residentMib() throws Exception {
    return memory("VmRSS:");
  }

  private double memory(String line) throws Exception {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
            .filter(l -> l.startsWith(line))
            .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024.0;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
