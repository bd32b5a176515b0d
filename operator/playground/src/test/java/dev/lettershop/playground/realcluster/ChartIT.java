package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import dev.lettershop.playground.chart.Chart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API server and Helm make of the chart: installed, upgraded, removed. */
@Tag("cluster")
class ChartIT {
  /** The monitoring kinds are not in a bare cluster. */
  private static final String VALUES =
      """
      watch: {scope: Own}
      controller: {replicas: 2}
      networkPolicy: {enabled: true}
      dashboards: {enabled: true}
      """;

  @TempDir Path folder;
  private Cluster cluster;
  private TestNamespace namespace;
  private Path kubeconfig;
  private String release;

  @BeforeEach
  void connect() throws Exception {
    cluster = Cluster.connect();
    namespace = cluster.namespace();
    release = namespace.name().replace("test-", "");
    kubeconfig = Path.of(System.getenv("KUBECONFIG"));
  }

  @AfterEach
  void leave() throws Exception {
    try {
      Helm.uninstall(release)
          .withNamespace(namespace.name())
          .withKubeConfig(kubeconfig)
          .ignoreNotFound()
          .call();
    } finally {
      namespace.close();
      cluster.close();
    }
  }

  @Test
  void theApiServerTakesEverythingThatIsRendered() throws Exception {
    Path values = Files.writeString(folder.resolve("values.yaml"), VALUES);
    List<String> refused = new ArrayList<>();
    for (JsonNode object : Chart.render(release, namespace.name(), values).objects()) {
      Answer answer =
          cluster
              .api()
              .patch(
                  path(object)
                      + "?fieldManager=lettershop-test&force=true&fieldValidation=Strict&dryRun=All",
                  Api.APPLY,
                  object.toString());
      if (!answer.ok()) {
        refused.add(object.path("kind").asText() + ": " + answer.message());
      }
    }

    assertThat(refused).isEmpty();
  }

  @Test
  void anUpgradeKeepsCampaignsAndUninstallingKeepsThemAndTheCrds() throws Exception {
    Path chart = Chart.copy(folder.resolve("older"), "0.0.9");
    new Helm(chart)
        .install()
        .withName(release)
        .withNamespace(namespace.name())
        .withKubeConfig(kubeconfig)
        .set("crds.enabled", "false")
        .set("rbac.aggregate", "false")
        .call();
    namespace.apply(ShopResources.campaign("monthly"));
    String uid = campaign().at("/metadata/uid").asText();

    new Helm(Chart.copy(folder.resolve("newer"), "0.1.0"))
        .upgrade()
        .withName(release)
        .withNamespace(namespace.name())
        .withKubeConfig(kubeconfig)
        .set("crds.enabled", "false")
        .set("rbac.aggregate", "false")
        .set("controller.replicas", "2")
        .call();
    assertThat(campaign().at("/metadata/uid").asText()).isEqualTo(uid);

    Helm.uninstall(release).withNamespace(namespace.name()).withKubeConfig(kubeconfig).call();

    assertThat(campaign().at("/metadata/uid").asText()).isEqualTo(uid);
    assertThat(cluster.crd("campaigns.lettershop.dev").path("kind").asText())
        .isEqualTo("CustomResourceDefinition");
  }

  private JsonNode campaign() throws Exception {
    return cluster.api().get(namespace.path("campaigns") + "/monthly").json();
  }

  private String path(JsonNode object) {
    String version = object.path("apiVersion").asText();
    String kind = object.path("kind").asText();
    String plural =
        kind.equals("NetworkPolicy")
            ? "networkpolicies"
            : kind.toLowerCase(java.util.Locale.ROOT) + "s";
    String where =
        List.of("ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition").contains(kind)
            ? ""
            : "/namespaces/" + namespace.name();
    return (version.contains("/") ? "/apis/" : "/api/")
        + version
        + where
        + "/"
        + plural
        + "/"
        + object.at("/metadata/name").asText();
  }
}
