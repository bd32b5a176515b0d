package dev.lettershop.bench;

import dev.lettershop.kubesim.apiserver.InMemoryApiServer;
import dev.lettershop.kubesim.apiserver.RequestLog;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
      try (PackagedController empty =
          PackagedController.start(kubeconfig, "default", work.resolve("empty.log"))) {
        figures.add(
            Figure.of("start until ready, empty cluster", empty.awaitReady(), "s")
                .against("limit", START_SECONDS));
      }
      KubernetesClient client = server.client();
      ManyCampaigns campaigns = new ManyCampaigns(client, "default");
      campaigns.create((int) size);
      try (PackagedController controller =
          PackagedController.start(kubeconfig, "default", work.resolve("controller.log"))) {
        long began = controller.began();
        Waiting.await(120, () -> campaigns.ready() == size);
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
                    campaigns.secondsToChangeFirstTemplate(users),
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

  /** Waits until nothing has been written for three seconds. */
  private static void quiet(RequestLog requests) throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    long mark;
    do {
      mark = requests.mark();
      Thread.sleep(3_000);
    } while (!requests.writesSince(mark).isEmpty() && System.nanoTime() < deadline);
  }
}
