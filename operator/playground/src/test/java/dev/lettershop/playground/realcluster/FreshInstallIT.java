package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import dev.lettershop.playground.chart.Chart;
import dev.lettershop.playground.gitops.Kustomization;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart as people install it, CRDs and all, into a cluster that knew nothing of it. */
@Tag("cluster")
class FreshInstallIT {
  private static final String CRD = "campaigns.lettershop.dev";

  /** All that needs no other operator. */
  private static final String EVERYTHING =
      """
      watch: {scope: List, namespaces: [%s]}
      commonLabels: {team: mail}
      controller:
        replicas: 2
        topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway}
      metrics: {annotations: true}
      dashboards: {enabled: true}
      networkPolicy: {enabled: true}
      extraObjects:
      - {apiVersion: v1, kind: ConfigMap, metadata: {name: "{{ .Release.Name }}-more"}}
      """;

  @TempDir Path folder;
  private Cluster cluster;
  private TestNamespace namespace;
  private Path kubeconfig;
  private String release;

  @BeforeEach
  void connect() throws Exception {
    cluster = Cluster.withoutCrds();
    namespace = cluster.namespace();
    release = namespace.name().replace("test-", "");
    kubeconfig = Path.of(System.getenv("KUBECONFIG"));
  }

  @AfterEach
  void leave() throws Exception {
    if (namespace != null) {
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
  }

  @Test
  void campaignsAndSchedulesOutliveUpgradeAndUninstallAndGoWithTheCrdsOnlyWhenAskedTo()
      throws Exception {
    install(older(), "");
    assertThat(cluster.crd(CRD).at("/spec/versions/0/additionalPrinterColumns"))
        .hasSize(columns() - 1);
    ControllerProcess controller = ControllerProcess.start(cluster, namespace, folder);
    Map<String, String> before;
    try {
      before = campaignsAtWork();

      upgrade("controller: {replicas: 2}");
      controller.stop();
      controller.start();

      assertThat(cluster.crd(CRD).at("/spec/versions/0/additionalPrinterColumns"))
          .as("the upgrade brings the CRDs up to date")
          .hasSize(columns());
      assertThat(versions()).as("after an upgrade and a restart").isEqualTo(before);
    } finally {
      controller.close();
    }

    uninstall();
    assertThat(
            cluster.client().apps().deployments().inNamespace(namespace.name()).list().getItems())
        .isEmpty();
    assertThat(versions()).as("after the uninstall").isEqualTo(before);

    install(Chart.copy(folder.resolve("again"), "0.1.0"), "crds: {keep: false}");
    assertThat(versions()).as("installed again").isEqualTo(before);

    uninstall();
    Shop.within(60, "the CRDs are gone, as crds.keep=false says").until(() -> !cluster.hasCrd(CRD));
  }

  @Test
  void everythingIsTakenAndTheRolesOfTheClusterGetTheirPart() throws Exception {
    install(Chart.copy(folder.resolve("chart"), "0.1.0"), EVERYTHING.formatted(namespace.name()));

    assertThat(
            cluster
                .client()
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace.name())
                .list()
                .getItems())
        .hasSize(1);
    assertThat(
            cluster
                .client()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace.name())
                .list()
                .getItems())
        .isNotEmpty();
    may("view", "get", "campaigns");
    may("edit", "create", "campaignruns");
    may("admin", "update", "mailtransports");
    may(release + "-template-editor", "patch", "emailtemplates");
    mayNot("view", "create", "campaignruns");
    mayNot("edit", "update", "mailtransports");
    mayNot("edit", "patch", "campaigns/status");
    mayNot(release + "-template-editor", "create", "campaignruns");
    mayNot(release + "-template-editor", "patch", "campaigns");
  }

  private void install(Path chart, String values) throws IOException {
    new Helm(chart)
        .install()
        .withName(release)
        .withNamespace(namespace.name())
        .withKubeConfig(kubeconfig)
        .withValuesFile(Files.writeString(folder.resolve("install.yaml"), values))
        .call();
  }

  private void upgrade(String values) throws IOException {
    new Helm(Chart.copy(folder.resolve("newer"), "0.1.0"))
        .upgrade()
        .withName(release)
        .withNamespace(namespace.name())
        .withKubeConfig(kubeconfig)
        .withValuesFile(Files.writeString(folder.resolve("upgrade.yaml"), values))
        .call();
  }

  private void uninstall() {
    Helm.uninstall(release).withNamespace(namespace.name()).withKubeConfig(kubeconfig).call();
  }

  /** A chart whose CRD of campaigns lacks the last column. */
  private Path older() throws IOException {
    Path chart = Chart.copy(folder.resolve("older"), "0.0.9");
    Path file = chart.resolve("files/crds").resolve(CRD + ".yaml");
    JsonNode crd = Repository.documents(file).get(0);
    ArrayNode columns = (ArrayNode) crd.at("/spec/versions/0/additionalPrinterColumns");
    columns.remove(columns.size() - 1);
    Files.writeString(file, crd.toString());
    return chart;
  }

  private static int columns() throws IOException {
    return Repository.documents(Repository.CRDS.resolve(CRD + ".yaml"))
        .get(0)
        .at("/spec/versions/0/additionalPrinterColumns")
        .size();
  }

  /** The versions of campaigns and their CronJobs, once they have come to rest. */
  private Map<String, String> campaignsAtWork() throws Exception {
    Path base = Repository.ROOT.resolve("samples/gitops/apps/base");
    for (ObjectNode object : Kustomization.build(base)) {
      namespace.apply(object.toString());
    }
    Map<String, String> last = new TreeMap<>();
    Shop.within(60, "campaign and source have their CronJobs and all is quiet")
        .pollInterval(java.time.Duration.ofSeconds(4))
        .until(
            () -> {
              Map<String, String> now = versions();
              boolean quiet =
                  now.equals(last)
                      && now.containsKey("cronjobs/monthly")
                      && now.containsKey("cronjobs/customers-sync");
              last.clear();
              last.putAll(now);
              return quiet;
            });
    return last;
  }

  private Map<String, String> versions() throws Exception {
    Map<String, String> versions = new TreeMap<>();
    for (String plural :
        new String[] {
          "campaigns", "segments", "emailtemplates", "mailtransports", "profilestores", "cronjobs"
        }) {
      String path =
          plural.equals("cronjobs")
              ? "/apis/batch/v1/namespaces/" + namespace.name() + "/cronjobs"
              : namespace.path(plural);
      for (JsonNode item : cluster.api().get(path).json().path("items")) {
        versions.put(
            plural + "/" + item.at("/metadata/name").asText(),
            item.at("/metadata/uid").asText()
                + " "
                + item.at("/metadata/resourceVersion").asText());
      }
    }
    assertThat(versions).isNotEmpty();
    return versions;
  }

  private void may(String role, String verb, String resource) {
    bind(role);
    // The cluster puts aggregated roles together in its own time.
    Shop.within(30, role + " may " + verb + " " + resource)
        .until(() -> allowed(role, verb, resource));
  }

  private void mayNot(String role, String verb, String resource) {
    assertThat(allowed(role, verb, resource)).as(role + ": " + verb + " " + resource).isFalse();
  }

  private void bind(String role) {
    KubernetesClient client = cluster.client();
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("with-" + role)
                .withNamespace(namespace.name())
                .endMetadata()
                .build())
        .create();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("with-" + role)
                .withNamespace(namespace.name())
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName("with-" + role)
                .withNamespace(namespace.name())
                .endSubject()
                .build())
        .create();
  }

  private boolean allowed(String role, String verb, String resource) {
    String[] parts = resource.split("/", 2);
    try (KubernetesClient client = namespace.as("with-" + role)) {
      return client
          .authorization()
          .v1()
          .selfSubjectAccessReview()
          .create(
              new SelfSubjectAccessReviewBuilder()
                  .withNewSpec()
                  .withNewResourceAttributes()
                  .withNamespace(namespace.name())
                  .withVerb(verb)
                  .withGroup("lettershop.dev")
                  .withResource(parts[0])
                  .withSubresource(parts.length == 2 ? parts[1] : null)
                  .endResourceAttributes()
                  .endSpec()
                  .build())
          .getStatus()
          .getAllowed();
    }
  }
}
