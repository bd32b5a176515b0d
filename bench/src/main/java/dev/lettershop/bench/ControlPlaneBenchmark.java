package dev.lettershop.bench;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.kubesim.apiserver.InMemoryApiServer;
import dev.lettershop.kubesim.apiserver.RequestLog;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The packaged controller as a process against the in-memory API server: from its start until every
 * campaign is ready, what it then costs, and how long a change of a template takes that a hundred
 * campaigns use. Both processes share this machine.
 */
final class ControlPlaneBenchmark implements Benchmark {
  private static final double READY_SECONDS = 20;
  private static final double CHANGE_SECONDS = 5;
  private static final double START_SECONDS = 4;
  private static final double RSS_MIB = 256;
  private static final long IDLE_MILLIS = 20_000;

  @Override
  public String name() {
    return "control-plane";
  }

  @Override
  public String summary() {
    return "start, 1,000 campaigns ready, one template changed; memory and idle writes";
  }

  @Override
  public long defaultSize() {
    return 1_000;
  }

  @Override
  public List<Figure> run(long size) throws Exception {
    Path work = Files.createTempDirectory("lettershop-bench-");
    List<Figure> figures = new ArrayList<>();
    try (InMemoryApiServer server = InMemoryApiServer.start()) {
      Path kubeconfig = server.kubeconfig(work.resolve("kubeconfig"));
      try (Controller empty = Controller.start(kubeconfig, work.resolve("empty.log"))) {
        figures.add(
            Figure.of("start until ready, empty cluster", empty.awaitReady(), "s")
                .against("limit", START_SECONDS));
      }
      KubernetesClient client = server.client();
      ManyCampaigns campaigns = new ManyCampaigns(client);
      campaigns.create((int) size);
      try (Controller controller = Controller.start(kubeconfig, work.resolve("controller.log"))) {
        long began = controller.began();
        await(120, () -> ready(client) == size);
        double settled = (System.nanoTime() - began) / 1e9;
        figures.add(
            Figure.of("start until all ready", settled, "s").against("limit", READY_SECONDS));
        figures.add(Figure.of("campaigns ready", size / settled, "campaigns/s"));
        quiet(server.requests());
        long mark = server.requests().mark();
        Thread.sleep(IDLE_MILLIS);
        figures.add(
            Figure.of("writes in 20 idle seconds", server.requests().writesSince(mark).size(), "")
                .against("limit", 0));
        int users = (int) Math.min(size, ManyCampaigns.USERS_OF_THE_FIRST);
        figures.add(
            Figure.of(
                    "a template that " + users + " use changed",
                    change(client, campaigns, users),
                    "s")
                .against("limit", CHANGE_SECONDS));
        quiet(server.requests());
        figures.add(
            Figure.of("peak RSS of the controller", controller.peakMib(), "MiB")
                .against("limit", RSS_MIB));
        figures.add(Figure.of("RSS at the end", controller.residentMib(), "MiB"));
      }
    }
    return figures;
  }

  /** Seconds until every user of the template has another plan, in status and in its CronJob. */
  private static double change(KubernetesClient client, ManyCampaigns campaigns, int users)
      throws Exception {
    Map<String, String> before = planHashes(client, users);
    long began = System.nanoTime();
    campaigns.changeFirstTemplate("Something new");
    await(
        60,
        () -> {
          Map<String, String> now = planHashes(client, users);
          return now.keySet().stream().allMatch(name -> !now.get(name).equals(before.get(name)));
        });
    return (System.nanoTime() - began) / 1e9;
  }

  /** The plan that the Jobs of each CronJob would follow. */
  private static Map<String, String> planHashes(KubernetesClient client, int users) {
    Map<String, String> hashes = new HashMap<>();
    client
        .batch()
        .v1()
        .cronjobs()
        .inNamespace(ManyCampaigns.NAMESPACE)
        .list()
        .getItems()
        .forEach(
            cronJob ->
                hashes.put(
                    cronJob.getMetadata().getName(),
                    cronJob
                        .getSpec()
                        .getJobTemplate()
                        .getMetadata()
                        .getAnnotations()
                        .get("lettershop.dev/plan-hash")));
    hashes.keySet().removeIf(name -> Integer.parseInt(name.replaceAll("\\D", "")) >= users);
    return hashes;
  }

  private static long ready(KubernetesClient client) {
    return client
        .resources(Campaign.class)
        .inNamespace(ManyCampaigns.NAMESPACE)
        .list()
        .getItems()
        .stream()
        .filter(
            campaign ->
                campaign.getStatus() != null
                    && campaign
                        .getMetadata()
                        .getGeneration()
                        .equals(campaign.getStatus().observedGeneration())
                    && campaign.getStatus().conditions().stream()
                        .anyMatch(
                            c -> c.type().equals("Ready") && c.status() == ConditionStatus.True))
        .count();
  }

  /** Waits until nothing has been written for three seconds. */
  private static void quiet(RequestLog requests) throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    long mark;
    do {
      mark = requests.mark();
      Thread.sleep(3_000);
    } while (!requests.writesSince(mark).isEmpty() && System.nanoTime() < deadline);
  }

  private static void await(int seconds, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Not reached in " + seconds + " s");
      }
      Thread.sleep(250);
    }
  }

  /** The packaged controller as a process. */
  private static final class Controller implements AutoCloseable {
    /** What {@code deploy/lettershop.yaml} comes to with its limit of memory. */
    private static final List<String> FLAGS =
        List.of("-XX:+UseSerialGC", "-Xmx96m", "-Xss512k", "-XX:TieredStopAtLevel=1");

    private final Process process;
    private final int port;
    private final long began;

    private Controller(Process process, int port, long began) {
      this.process = process;
      this.port = port;
      this.began = began;
    }

    static Controller start(Path kubeconfig, Path log) throws Exception {
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
      builder.environment().put("LETTERSHOP_WATCH_NAMESPACES", ManyCampaigns.NAMESPACE);
      builder.environment().put("LETTERSHOP_WORKER_IMAGE", "lettershop-worker:bench");
      builder.environment().put("LETTERSHOP_LEADER_ELECTION_ENABLED", "false");
      builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
      long began = System.nanoTime();
      return new Controller(builder.start(), port, began);
    }

    long began() {
      return began;
    }

    double awaitReady() throws Exception {
      await(60, this::isReady);
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
}
