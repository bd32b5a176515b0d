package dev.lettershop.playground.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.LintResult;
import dev.lettershop.playground.realcluster.Repository;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {
  /** Every switch on, so that no template goes unread. */
  static final String EVERYTHING =
      """
      watch: {scope: List, namespaces: [shop, newsletter]}
      commonLabels: {team: mail}
      image: {registry: registry.example/mail, pullSecrets: [registry]}
      controller:
        replicas: 2
        javaOptions: -XX:MaxRAMPercentage=60
        env: [{name: TZ, value: UTC}]
        annotations: {a: b}
        podAnnotations: {c: d}
        podLabels: {e: f}
        nodeSelector: {disk: fast}
        tolerations: [{key: mail, operator: Exists}]
        affinity: {nodeAffinity: {}}
        topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}
        priorityClassName: high
        serviceAccount: {annotations: {g: h}}
      metrics: {monitor: ServiceMonitor, annotations: true, labels: {release: prometheus}}
      alerts:
        enabled: true
        labels: {release: prometheus}
        alertLabels: {team: mail}
        runbookUrl: https://runbooks.example/
        additionalRules: [{alert: Mine, expr: vector(1)}]
      dashboards: {enabled: true, namespace: monitoring, annotations: {folder: Mail}}
      networkPolicy:
        enabled: true
        metricsFrom: [{podSelector: {}}]
        workerEgress: [{ports: [{port: 27017}]}]
      extraObjects:
      - apiVersion: v1
        kind: ConfigMap
        metadata: {name: "{{ .Release.Name }}-more"}
      """;

  static Stream<String> matrix() throws IOException {
    Stream<String> written =
        Stream.of(
            "",
            EVERYTHING,
            "watch: {scope: All}",
            "watch: {scope: All}\nnetworkPolicy: {enabled: true}\nmetrics: {monitor: PodMonitor}",
            "crds: {keep: false}",
            "crds: {enabled: false}\nrbac: {create: false, aggregate: false}\ntest: {enabled: false}",
            "controller: {serviceAccount: {create: false, name: mine}, leaderElection: {enabled: false}}",
            "fullnameOverride: mail",
            "nameOverride: mail",
            "image: {controller: {digest: \"sha256:" + "a".repeat(64) + "\"}}");
    try (Stream<Path> files = Files.list(Chart.ENVIRONMENTS)) {
      List<String> environments = new java.util.ArrayList<>();
      for (Path file : files.sorted().toList()) {
        environments.add(Files.readString(file));
      }
      return Stream.concat(written, environments.stream());
    }
  }

  @Test
  void helmHasNothingToSayAgainstIt() {
    LintResult result = Chart.helm().lint().strict().call();

    assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
  }

  @Test
  void itSaysWhichKubernetesItIsFor() throws IOException {
    assertThat(Files.readString(Chart.FOLDER.resolve("Chart.yaml")))
        .contains("kubeVersion: \">= 1.33.0-0\"");
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void everyObjectIsOneThatKubernetesKnows(String values) {
    for (JsonNode object : Chart.render(values).objects()) {
      assertThat(StrictObjects.problem(object)).as(object.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void noObjectIsThereTwice(String values) {
    assertThat(Chart.render(values).objects())
        .extracting(
            object ->
                "%s/%s/%s"
                    .formatted(
                        object.path("kind").asText(),
                        object.at("/metadata/namespace").asText(),
                        object.at("/metadata/name").asText()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void everyPodIsRestricted(String values) {
    List<JsonNode> objects = Chart.render(values).objects();

    assertThat(objects).anyMatch(object -> !RestrictedPods.specs(object).isEmpty());
    assertThat(objects).flatMap(RestrictedPods::findings).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void everyImageHasATagOrADigest(String values) {
    List<String> images =
        Chart.render(values).objects().stream()
            .flatMap(object -> RestrictedPods.specs(object).stream())
            .flatMap(spec -> RestrictedPods.containers(spec).stream())
            .map(container -> container.path("image").asText())
            .toList();

    assertThat(images)
        .isNotEmpty()
        .allMatch(image -> image.matches(".+(:[A-Za-z0-9_][A-Za-z0-9._-]*|@sha256:[a-f0-9]{64})"))
        .noneMatch(image -> image.endsWith(":latest"));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void everyObjectSaysThatItIsOurs(String values) {
    assertThat(Chart.render(values).objects())
        .filteredOn(object -> !object.at("/metadata/name").asText().endsWith("-more"))
        .allSatisfy(
            object ->
                assertThat(object.at("/metadata/labels/app.kubernetes.io~1part-of").asText())
                    .isEqualTo("lettershop"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "controler: {replicas: 2} | controler",
        "controller: {replica: 2} | replica",
        "controller: {replicas: two} | replicas",
        "watch: {scope: Everything} | scope",
        "watch: {scope: List} | watch.namespaces names none",
        "watch: {namespaces: [shop]} | watch.namespaces is only for",
        "image: {controller: {tag: latest}} | tag",
        "image: {worker: {digest: 'sha256:abc'}} | digest",
        "crds: {enable: true} | enable",
        "metrics: {monitor: Both} | monitor",
        "alerts: {runFailed: {severity: page}} | severity",
        "alerts: {runLater: {enabled: false}} | runLater",
        "networkPolicy: {workerPorts: [smtp]} | workerPorts",
        "controller: {replicas: 2, leaderElection: {enabled: false}} | undo each other",
        "controller: {serviceAccount: {create: false}} | has to name an account"
      })
  void mistakesInValuesAreRefusedByName(String values, String named) {
    assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(named);
  }

  @Test
  void crdsAreThoseOfTheTreeAndAreKept() throws IOException {
    List<JsonNode> crds = Chart.render("").all("CustomResourceDefinition");

    assertThat(crds).hasSameSizeAs(Repository.crds());
    for (Path file : Repository.crds()) {
      JsonNode shipped = Repository.documents(Files.readString(file)).get(0);
      assertThat(crds)
          .extracting(crd -> crd.at("/metadata/name").asText())
          .as("CRDs of the chart")
          .contains(shipped.at("/metadata/name").asText());
      JsonNode crd =
          crds.stream()
              .filter(one -> one.at("/metadata/name").equals(shipped.at("/metadata/name")))
              .findFirst()
              .orElseThrow();
      assertThat(crd.get("spec").equals(ChartTest::compareNumbers, shipped.get("spec")))
          .as(crd.toString())
          .isTrue();
    }
    assertThat(crds)
        .allMatch(
            crd ->
                crd.at("/metadata/annotations/helm.sh~1resource-policy").asText().equals("keep"));
    assertThat(Chart.render("crds: {keep: false}").all("CustomResourceDefinition"))
        .hasSameSizeAs(crds)
        .noneMatch(crd -> crd.at("/metadata").has("annotations"));
    assertThat(Chart.render("crds: {enabled: false}").all("CustomResourceDefinition")).isEmpty();
  }

  /** The same, whether 1 or 1.0 is written; all that is not a number is compared already. */
  private static int compareNumbers(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? one.decimalValue().compareTo(other.decimalValue())
        : one.equals(other) ? 0 : 1;
  }

  @Test
  void thePackagedChartHoldsTheCrds(@TempDir Path folder) throws Exception {
    Chart.helm().packageIt().withDestination(folder).call();
    Path archive;
    try (Stream<Path> files = Files.list(folder)) {
      archive = files.filter(file -> file.toString().endsWith(".tgz")).findFirst().orElseThrow();
    }

    assertThat(com.marcnuri.helm.Helm.template(archive.toString()).withName("x").call())
        .contains("campaigns.lettershop.dev", "segments.lettershop.dev");
    assertThat(com.marcnuri.helm.Helm.show(archive.toString()).readme().call())
        .contains("| Value |");
  }

  @Test
  void theControllerIsToldWhatTheValuesSay() {
    Deployment deployment =
        Chart.render(EVERYTHING).only(Deployment.class, "lettershop-controller");

    assertThat(deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv())
        .extracting(variable -> variable.getName() + "=" + variable.getValue())
        .contains(
            "LETTERSHOP_WATCH_NAMESPACES=shop,newsletter",
            "LETTERSHOP_WORKER_IMAGE=registry.example/mail/lettershop-worker:0.1.0",
            "LETTERSHOP_WORKER_IMAGE_PULL_SECRETS=registry",
            "LETTERSHOP_LEADER_ELECTION_ENABLED=true",
            "LETTERSHOP_REFERENCE_GRACE=PT30S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Own", "List", "All"})
  void theRoleIsWhereTheControllerWatches(String scope) {
    Chart.Rendered rendered =
        Chart.render(
            "watch: {scope: %s%s}"
                .formatted(scope, scope.equals("List") ? ", namespaces: [shop, news]" : ""));

    assertThat(rendered.all("RoleBinding"))
        .filteredOn(
            binding -> binding.at("/metadata/name").asText().equals("lettershop-controller"))
        .extracting(binding -> binding.at("/metadata/namespace").asText())
        .containsExactlyElementsOf(
            switch (scope.toUpperCase(Locale.ROOT)) {
              case "OWN" -> List.of(Chart.NAMESPACE);
              case "LIST" -> List.of("shop", "news");
              default -> List.<String>of();
            });
    assertThat(rendered.all("ClusterRoleBinding")).hasSize(scope.equals("All") ? 1 : 0);
  }

  @Test
  void theControllerHasOneMonitorAndCampaignsKeepTheirNamespace() {
    for (String kind : List.of("PodMonitor", "ServiceMonitor")) {
      Chart.Rendered rendered = Chart.render("metrics: {monitor: " + kind + "}");

      List<JsonNode> monitors = new ArrayList<>(rendered.all("PodMonitor"));
      monitors.addAll(rendered.all("ServiceMonitor"));
      List<JsonNode> ofController =
          monitors.stream()
              .filter(monitor -> !monitor.at("/metadata/name").asText().endsWith("-collectors"))
              .toList();
      assertThat(monitors).hasSize(2);
      assertThat(ofController).singleElement().matches(m -> m.get("kind").asText().equals(kind));
      assertThat(ofController.get(0).findValue("honorLabels").asBoolean()).isTrue();
    }
  }

  @Test
  void aSecondReplicaIsKeptThroughDrains() {
    assertThat(Chart.render("").all("PodDisruptionBudget")).isEmpty();
    assertThat(Chart.render("controller: {replicas: 2}").all("PodDisruptionBudget")).hasSize(1);
  }

  @Test
  void twoReleasesDoNotMeet() {
    List<JsonNode> one = Chart.render("one", "a", new Path[0]).objects();
    List<JsonNode> other = Chart.render("two", "a", new Path[0]).objects();

    assertThat(one)
        .filteredOn(object -> !object.path("kind").asText().equals("CustomResourceDefinition"))
        .extracting(object -> object.path("kind") + "/" + object.at("/metadata/name"))
        .doesNotContainAnyElementsOf(
            other.stream()
                .map(object -> object.path("kind") + "/" + object.at("/metadata/name"))
                .toList());
  }
}
