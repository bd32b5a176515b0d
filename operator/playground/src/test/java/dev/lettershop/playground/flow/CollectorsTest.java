package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.collector.CollectorStatus;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Collector from its manifest to its status; nobody runs its Pods here. */
class CollectorsTest {
  private static final String NAME = "links-collector";
  private static final String ACCESS = "lettershop-collector";

  private static Cluster cluster;
  private static Reconciling reconciling;

  private final Namespace shop = Namespace.create(cluster.server());

  @BeforeAll
  static void start() {
    cluster = Cluster.builder().start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() {
    reconciling.close();
    cluster.close();
  }

  @BeforeEach
  void storeAndTransport() {
    shop.apply(Shop.STORE);
    shop.apply(Shop.TRANSPORT);
  }

  private void collector(String... fields) {
    shop.apply(
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: Collector
        metadata: {name: links}
        spec:
          host: mail.shop.example
        """
            + String.join("\n", fields).indent(2));
  }

  private static final List<Class<? extends HasMetadata>> ALWAYS =
      List.of(NetworkPolicy.class, Service.class, Deployment.class, PodDisruptionBudget.class);

  private void awaitMade() {
    eventually(
        () -> assertThat(ALWAYS).allSatisfy(kind -> assertThat(shop.get(kind, NAME)).isNotNull()));
  }

  /** Its Pods are ready, of whatever plan it has by then. */
  private void awaitServing() {
    eventually(
        () -> {
          deploymentSays(2, 2);
          assertThat(shop.condition(Collector.class, "links", "Ready").map(Condition::reason))
              .contains("Serving");
        });
  }

  private void deploymentSays(int ready, int updated) {
    Deployment deployment = shop.get(Deployment.class, NAME);
    deployment.setStatus(
        new DeploymentStatusBuilder()
            .withObservedGeneration(deployment.getMetadata().getGeneration())
            .withReplicas(2)
            .withReadyReplicas(ready)
            .withAvailableReplicas(ready)
            .withUpdatedReplicas(updated)
            .build());
    shop.client().resource(deployment).patchStatus();
  }

  private String planOf(Deployment deployment) {
    return deployment
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getAnnotations()
        .get("lettershop.dev/plan");
  }

  @Test
  void a_collector_comes_to_objects_and_a_status_and_then_nothing_is_written() {
    collector();
    awaitMade();
    shop.awaitCondition(Collector.class, "links", "Ready", "False RollingOut");

    awaitServing();
    shop.awaitCondition(Collector.class, "links", "ResolvedRefs", "True Resolved");
    CollectorStatus status = shop.get(Collector.class, "links").getStatus();
    assertThat(status.url()).isEqualTo("https://mail.shop.example");
    assertThat(status.readyReplicas()).isEqualTo(2);
    eventually(
        () ->
            assertThat(shop.events("Collector", "links"))
                .extracting(event -> event.getReason())
                .contains("DeploymentCreated", "Ready"));
    assertThat(shop.get(ConfigMap.class, planOf(shop.get(Deployment.class, NAME)))).isNotNull();

    reconciling.awaitQuiet(shop.name());
    long mark = shop.mark();
    shop.patch(Collector.class, "links", "{\"metadata\":{\"annotations\":{\"touched\":\"1\"}}}");
    shop.patch(Deployment.class, NAME, "{\"metadata\":{\"annotations\":{\"touched\":\"1\"}}}");
    reconciling.awaitQuiet(shop.name());
    assertThat(shop.writesSince(mark)).isEmpty();
  }

  @Test
  void what_somebody_deletes_is_made_again_and_what_is_no_longer_wished_for_goes() {
    collector(
        "autoscaling: {maxReplicas: 5}", "ingress: {className: nginx, tlsSecretName: links-tls}");
    awaitMade();
    eventually(
        () -> {
          assertThat(shop.get(HorizontalPodAutoscaler.class, NAME)).isNotNull();
          assertThat(shop.get(Ingress.class, NAME)).isNotNull();
          assertThat(shop.get(ServiceAccount.class, ACCESS)).isNotNull();
          assertThat(shop.get(RoleBinding.class, ACCESS)).isNotNull();
        });

    shop.delete(Service.class, NAME);
    shop.delete(Role.class, ACCESS);
    eventually(
        () -> {
          assertThat(shop.get(Service.class, NAME)).isNotNull();
          assertThat(shop.get(Role.class, ACCESS)).isNotNull();
        });

    collector("replicas: 1", "pod: {serviceAccountName: mine}");
    eventually(
        () -> {
          assertThat(shop.get(HorizontalPodAutoscaler.class, NAME)).isNull();
          assertThat(shop.get(Ingress.class, NAME)).isNull();
          assertThat(shop.get(PodDisruptionBudget.class, NAME)).isNull();
          assertThat(shop.get(Deployment.class, NAME).getSpec().getReplicas()).isEqualTo(1);
        });

    shop.delete(Collector.class, "links");
    eventually(() -> assertThat(shop.get(ServiceAccount.class, ACCESS)).isNull());
  }

  @Test
  void another_plan_rolls_out_and_the_former_one_stays_until_it_has() {
    collector();
    awaitMade();
    awaitServing();
    String former = planOf(shop.get(Deployment.class, NAME));

    collector("pages: {name: Acme Shop}");

    shop.awaitCondition(Collector.class, "links", "Ready", "True RollingOut");
    eventually(() -> assertThat(planOf(shop.get(Deployment.class, NAME))).isNotEqualTo(former));
    assertThat(shop.get(ConfigMap.class, former)).isNotNull();
  }

  @Test
  void a_wrong_collector_says_so_and_what_runs_stays() {
    collector();
    awaitMade();

    collector("pages: {topics: [{name: newsleter}]}");

    assertThat(shop.awaitCondition(Collector.class, "links", "Ready", "False Invalid").message())
        .contains("spec.pages.topics[0].name", "did you mean \"newsletter\"?");
    assertThat(shop.get(Deployment.class, NAME)).isNotNull();
  }

  @Test
  void a_transport_whose_links_lead_elsewhere_is_seen_when_it_changes() {
    collector();
    awaitMade();
    awaitServing();

    shop.patch(
        MailTransport.class,
        "default",
        "{\"spec\":{\"links\":{\"baseUrl\":\"https://other.shop.example\"}}}");

    eventually(
        () -> {
          deploymentSays(2, 2);
          assertThat(shop.condition(Collector.class, "links", "Ready").orElseThrow().message())
              .contains("spec.host: is in no spec.links.baseUrl");
          assertThat(
                  shop.condition(MailTransport.class, "default", "Ready").orElseThrow().message())
              .contains("leads to \"other.shop.example\", and no Collector has this host");
        });
  }

  @Test
  void figures_of_pods_are_added_up_and_those_of_pods_that_are_gone_forgotten() {
    collector();
    awaitMade();
    pod("links-collector-a");
    pod("links-collector-b");
    tells("links-collector-a", "{\"accepted\":10,\"refused\":1,\"lagSeconds\":3}");
    tells("links-collector-b", "{\"accepted\":5,\"refused\":0,\"lagSeconds\":7}");

    eventually(
        () -> {
          CollectorStatus status = shop.get(Collector.class, "links").getStatus();
          assertThat(status.accepted()).isEqualTo(15);
          assertThat(status.refused()).isEqualTo(1);
          assertThat(status.lagSeconds()).isEqualTo(7);
        });

    shop.delete(Pod.class, "links-collector-b");

    eventually(
        () -> {
          CollectorStatus status = shop.get(Collector.class, "links").getStatus();
          assertThat(status.pods()).containsOnlyKeys("links-collector-a");
          assertThat(status.accepted()).isEqualTo(10);
          assertThat(status.lagSeconds()).isEqualTo(3);
        });
  }

  @Test
  void without_the_gateway_api_a_route_is_refused_with_the_way_out() {
    collector("httpRoute: {parentRefs: [{name: public}]}");

    assertThat(
            shop.awaitCondition(Collector.class, "links", "Ready", "False GatewayApiNotInstalled")
                .message())
        .contains("set spec.ingress instead");
  }

  private void pod(String name) {
    shop.client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace(shop.name())
                .withName(name)
                .addToLabels("app.kubernetes.io/managed-by", "lettershop-controller")
                .addToLabels("lettershop.dev/collector", "links")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("collector")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  private void tells(String pod, String figures) {
    shop.client()
        .resources(Collector.class)
        .inNamespace(shop.name())
        .withName("links")
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"pods\":{\"" + pod + "\":" + figures + "}}}");
  }
}
