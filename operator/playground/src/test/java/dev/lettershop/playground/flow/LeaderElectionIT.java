package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.kubesim.Cluster;
import dev.lettershop.kubesim.apiserver.RequestLog.Write;
import dev.lettershop.playground.controller.ControllerProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of the application as it is shipped. */
@Tag("soak")
class LeaderElectionIT {
  private static final Path JAR =
      Path.of("..", "controller", "target", "quarkus-app", "quarkus-run.jar");
  private static final Duration TO_START = Duration.ofSeconds(180);
  private static final String LEASE = "lettershop-controller";

  @TempDir Path folder;

  private final Cluster cluster = Cluster.builder().start();
  private final Namespace shop = Namespace.create(cluster.server());

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void oneActsAndWhenItEndsTheOtherGoesOnWhereItWas() throws Exception {
    try (ControllerProcess first = replica("first")) {
      eventually(() -> assertThat(holder()).isNotEmpty());
      String leader = holder();
      try (ControllerProcess second = replica("second")) {
        shop.apply(Shop.ALL);
        shop.awaitReady("news");
        assertThat(writesOf("first")).as("by who leads").isNotEmpty();
        assertThat(writesOf("second")).as("by who waits").isEmpty();
        assertThat(holder()).isEqualTo(leader);

        first.close();
        assertThat(Files.readString(first.log())).as("it ends in order").contains("stopped in");
        assertThat(holder()).as("who leads once it has ended").isNotEqualTo(leader);
        shop.apply(Shop.named("later", Shop.CAMPAIGN));

        shop.awaitReady("later");
        eventually(() -> assertThat(shop.cronJob("later")).isNotNull());
        assertThat(holder()).isNotEqualTo(leader);
        assertThat(writesOf("second"))
            .extracting(Write::path)
            .as("what the first had settled is left alone")
            .noneMatch(path -> path.endsWith("/campaigns/news/status"));
        assertThat(Files.readString(second.log())).doesNotContain("ERROR");
      }
    }
  }

  private ControllerProcess replica(String name) throws IOException, InterruptedException {
    ControllerProcess replica =
        ControllerProcess.start(
            JAR,
            cluster.server().kubeconfig(folder.resolve("kubeconfig")),
            folder.resolve(name + ".log"),
            Map.of(
                "LETTERSHOP_WORKER_IMAGE",
                Reconciling.IMAGE,
                "LETTERSHOP_COLLECTOR_IMAGE",
                Reconciling.COLLECTOR_IMAGE,
                "LETTERSHOP_LEADER_ELECTION_ENABLED",
                "true",
                "KUBERNETES_USER_AGENT",
                name));
    replica.awaitReady(TO_START);
    return replica;
  }

  /** Whom the Lease names; empty while it names nobody. */
  private String holder() {
    Lease lease =
        cluster
            .server()
            .client()
            .leases()
            .inNamespace(cluster.server().client().getNamespace())
            .withName(LEASE)
            .get();
    return lease == null || lease.getSpec().getHolderIdentity() == null
        ? ""
        : lease.getSpec().getHolderIdentity();
  }

  /** Leases left out: those are for all to try. */
  private List<Write> writesOf(String replica) {
    return cluster.server().requests().writesSince(0).stream()
        .filter(write -> write.agent().equals(replica))
        .filter(write -> write.path().contains("/namespaces/" + shop.name() + "/"))
        .toList();
  }
}
