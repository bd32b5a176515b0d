package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.kubesim.Cluster;
import dev.lettershop.playground.chart.Chart;
import dev.lettershop.playground.chart.PromqlNames;
import dev.lettershop.playground.controller.ControllerProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application as it is shipped, with Quarkus around it. */
class PackagedControllerIT {
  private static final Path JAR =
      Path.of("..", "controller", "target", "quarkus-app", "quarkus-run.jar");
  private static final Pattern COLLECTOR =
      Pattern.compile("lettershop_(collector_\\w+|engagement_total)");
  private static final String TRIGGER = "lettershop_campaign_trigger_";
  private static final Duration TO_START = Duration.ofSeconds(180);

  @TempDir Path folder;

  private final Cluster cluster = Cluster.builder().start();
  private final Namespace shop = Namespace.create(cluster.server());
  private final Workers workers = new Workers(shop);
  private final HttpClient http = HttpClient.newHttpClient();
  private ControllerProcess controller;
  private int starts;
  private String lease;

  @BeforeEach
  void start() throws Exception {
    controller =
        ControllerProcess.start(
            JAR,
            cluster.server().kubeconfig(folder.resolve("kubeconfig")),
            folder.resolve("controller.log"),
            Map.of(
                "LETTERSHOP_WORKER_IMAGE",
                Reconciling.IMAGE,
                "LETTERSHOP_COLLECTOR_IMAGE",
                Reconciling.COLLECTOR_IMAGE,
                "LETTERSHOP_LEADER_ELECTION_ENABLED",
                "true",
                // A busy machine makes threads stand still; that is not a fault to be logged.
                "QUARKUS_VERTX_MAX_EVENT_LOOP_EXECUTE_TIME",
                "10M",
                // A new one each time: that of somebody who was killed has to run out first.
                "LETTERSHOP_LEADER_ELECTION_LEASE",
                lease = "lease-" + ++starts));
    controller.awaitReady(TO_START);
  }

  @AfterEach
  void stop() {
    controller.close();
    cluster.close();
  }

  @Test
  void itIsReadyShowsCampaignsToPrometheusAndEndsInOrder() throws Exception {
    shop.apply(Shop.SURROUNDINGS);
    shop.apply(Shop.CAMPAIGN);
    shop.awaitReady("news");
    shop.apply(Shop.run("now"));
    workers.send("now", 2, 21);
    shop.awaitCondition(CampaignRun.class, "now", "Succeeded", "True Succeeded");
    shop.awaitCondition(Campaign.class, "news", "LastRunSucceeded", "True Succeeded");

    assertThat(lease().getSpec().getHolderIdentity()).isNotBlank();
    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
    eventually(
        () ->
            assertThat(get("/q/metrics").body().lines())
                .anyMatch(
                    line ->
                        line.startsWith("lettershop_campaign_deliveries{")
                            && line.contains("campaign=\"news\"")
                            && line.contains("namespace=\"" + shop.name() + "\"")
                            && line.contains("outcome=\"sent\"")
                            && line.endsWith(" 42.0"))
                .anyMatch(line -> line.startsWith("operator_sdk_reconciliations_success")));
    Set<String> shown = new TreeSet<>();
    get("/q/metrics")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> shown.add(line.split("[{ ]")[0]));
    // Shown from the first failure on.
    shown.add("operator_sdk_reconciliations_failed_total");
    assertThat(get("/q/metrics").body())
        .containsPattern("operator_sdk_reconciliations_success_total\\{[^}]*kind=\"Campaign\"")
        .containsPattern("execution_reconcile_seconds_bucket\\{[^}]*controller=");
    assertThat(shown).as("metrics that alerts and dashboards ask for").containsAll(askedFor());

    controller.close();

    assertThat(controller.isAlive()).isFalse();
    assertThat(Files.readString(controller.log()))
        .contains("stopped in")
        .doesNotContain("ERROR")
        .doesNotContain("Exception");
    assertThat(lease().getSpec().getHolderIdentity()).as("who leads when it has ended").isNull();
  }

  private Lease lease() {
    KubernetesClient client = cluster.server().client();
    return client.leases().inNamespace(client.getNamespace()).withName(lease).get();
  }

  @Test
  void killedInTheMiddleItGoesOnWhereItWas() throws Exception {
    shop.apply(Shop.SURROUNDINGS);
    shop.apply(Shop.CAMPAIGN);
    shop.awaitReady("news");
    shop.apply(Shop.run("now"));
    workers.start("now", 0);
    kill();

    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":true}}");
    workers.send("now", 2, 3);
    start();

    shop.awaitCondition(CampaignRun.class, "now", "Succeeded", "True Succeeded");
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Suspended");
    assertThat(shop.cronJob("news").getSpec().getSuspend()).isTrue();
    assertThat(shop.run("now").getStatus().deliveries().sent()).isEqualTo(6);
  }

  /** Metrics in the chart's alerts and dashboards. */
  private static Set<String> askedFor() throws IOException {
    Set<String> names = new TreeSet<>();
    Chart.Rendered chart = Chart.render("{alerts: {enabled: true}, dashboards: {enabled: true}}");
    for (JsonNode rule : chart.all("PrometheusRule")) {
      rule.findValuesAsText("expr").forEach(expr -> names.addAll(PromqlNames.of(expr)));
    }
    for (JsonNode map : chart.all("ConfigMap")) {
      for (JsonNode dashboard : map.get("data")) {
        JsonNode json = new ObjectMapper().readTree(dashboard.asText());
        json.findValuesAsText("expr").forEach(expr -> names.addAll(PromqlNames.of(expr)));
        json.findValues("query").stream()
            .filter(JsonNode::isObject)
            .forEach(query -> names.addAll(PromqlNames.of(query.path("query").asText())));
      }
    }
    assertThat(names).hasSizeGreaterThan(10);
    // Those of collectors come from their own Pods.
    Path docs = Path.of("..", "..", "docs");
    String collectors =
        Files.readString(docs.resolve("collector.md"))
            + Files.readString(docs.resolve("tracking.md"));
    assertThat(names)
        .filteredOn(name -> COLLECTOR.matcher(name).matches())
        .isNotEmpty()
        .allMatch(
            name -> collectors.contains("`" + name.replaceFirst("_(bucket|count|sum)$", "") + "`"));
    names.removeIf(name -> COLLECTOR.matcher(name).matches());
    // Shown for campaigns that something triggers; this one has a schedule.
    String metrics = Files.readString(docs.resolve("operator.md"));
    assertThat(names)
        .filteredOn(name -> name.startsWith(TRIGGER))
        .isNotEmpty()
        .allMatch(name -> metrics.contains("`" + name));
    names.removeIf(name -> name.startsWith(TRIGGER));
    return names;
  }

  private void kill() {
    ProcessHandle process = ProcessHandle.of(controller.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI address = controller.address().orElseThrow();
    return http.send(
        HttpRequest.newBuilder(address.resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
