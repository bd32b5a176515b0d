package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The packaged controller as a process, allowed what the shipped roles allow in one namespace. It
 * can be stopped, killed and started again.
 */
final class ControllerProcess implements AutoCloseable {
  static final String WORKER_IMAGE = "lettershop-worker:test";
  static final String COLLECTOR_IMAGE = "lettershop-collector:test";
  private static final Duration TO_START = Duration.ofMinutes(5);
  private static final long TO_STOP_SECONDS = 60;

  private final TestNamespace namespace;
  private final Path kubeconfig;
  private final Path log;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String workerImage;
  private Process process;

  private ControllerProcess(
      TestNamespace namespace, Path kubeconfig, Path log, int port, String workerImage) {
    this.namespace = namespace;
    this.workerImage = workerImage;
    this.kubeconfig = kubeconfig;
    this.log = log;
    this.port = port;
  }

  /** Starts it and waits until it says that it is ready. */
  static ControllerProcess start(Cluster cluster, TestNamespace namespace, Path scratch)
      throws Exception {
    return start(cluster, namespace, scratch, WORKER_IMAGE);
  }

  /** The same for a release with another image of workers. */
  static ControllerProcess start(
      Cluster cluster, TestNamespace namespace, Path scratch, String workerImage) throws Exception {
    assertThat(Repository.CONTROLLER).as("the packaged controller").exists();
    Path kubeconfig = scratch.resolve("controller.kubeconfig");
    Config config = cluster.configOf(namespace.admitController());
    Files.writeString(kubeconfig, kubeconfig(config, namespace.name()));
    Path logs = Files.createDirectories(Path.of("target", "realcluster"));
    ControllerProcess controller =
        new ControllerProcess(
            namespace,
            kubeconfig,
            logs.resolve(namespace.name() + "-controller.log"),
            freePort(),
            workerImage);
    try {
      controller.start();
    } catch (Exception e) {
      controller.close();
      throw e;
    }
    return controller;
  }

  void start() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Repository.CONTROLLER.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("LETTERSHOP_WATCH_NAMESPACES", namespace.name());
    builder.environment().put("LETTERSHOP_WORKER_IMAGE", workerImage);
    builder.environment().put("LETTERSHOP_COLLECTOR_IMAGE", COLLECTOR_IMAGE);
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    process = builder.start();
    Awaitility.await("the controller is ready; its log is " + log)
        .atMost(TO_START)
        .pollInterval(Duration.ofMillis(200))
        .failFast("the controller ended; its log is " + log, () -> !process.isAlive())
        .until(() -> answers("/q/health/ready"));
  }

  /** Asks it to end, as Kubernetes does. */
  void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(TO_STOP_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
  }

  /** Ends it at once, in the middle of whatever it does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  String metrics() throws Exception {
    return get("/q/metrics").body();
  }

  private boolean answers(String path) throws InterruptedException {
    try {
      return get(path).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** A kubeconfig with a token of the shipped roles and nothing else. */
  private static String kubeconfig(Config config, String namespace) {
    Map<String, Object> cluster = new java.util.HashMap<>();
    cluster.put("server", config.getMasterUrl());
    if (config.getCaCertData() != null) {
      cluster.put("certificate-authority-data", config.getCaCertData());
    } else if (config.getCaCertFile() != null) {
      cluster.put("certificate-authority", config.getCaCertFile());
    }
    if (config.isTrustCerts()) {
      cluster.put("insecure-skip-tls-verify", true);
    }
    return Serialization.asYaml(
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Config",
            "clusters",
            List.of(Map.of("name", "test", "cluster", cluster)),
            "users",
            List.of(Map.of("name", "test", "user", Map.of("token", config.getOauthToken()))),
            "contexts",
            List.of(
                Map.of(
                    "name",
                    "test",
                    "context",
                    Map.of("cluster", "test", "user", "test", "namespace", namespace))),
            "current-context",
            "test"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
