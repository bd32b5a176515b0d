package dev.lettershop.kubesim.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InMemoryApiServerTest {
  private final InMemoryApiServer server = InMemoryApiServer.start();
  private final KubernetesClient client = server.client();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aNewResourceHasDefaultsAndNoStatusButThatOfTheSchema() {
    client.resource(template("news")).create();
    EmailTemplate created = client.resources(EmailTemplate.class).withName("news").get();

    assertThat(created.getMetadata().getUid()).isNotBlank();
    assertThat(created.getMetadata().getCreationTimestamp()).isNotBlank();
    assertThat(created.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(created.getStatus().observedGeneration()).isEqualTo(-1);
    assertThat(created.getSpec().engine()).isNotNull();
  }

  @Test
  void aChangeOfTheSpecCountsAndOneOfTheStatusOrTheLabelsDoesNot() {
    GenericKubernetesResource created = client.resource(template("news")).create();
    created.getMetadata().setLabels(Map.of("team", "shop"));
    GenericKubernetesResource labelled = client.resource(created).update();
    labelled.setAdditionalProperty("status", Map.of("observedGeneration", 1));
    GenericKubernetesResource observed = client.resource(labelled).updateStatus();

    assertThat(observed.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(observed.<Integer>get("status", "observedGeneration")).isEqualTo(1);

    GenericKubernetesResource edited =
        client
            .genericKubernetesResources("lettershop.dev/v1alpha1", "EmailTemplate")
            .withName("news")
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"spec\":{\"subject\":\"New\"},\"status\":{\"observedGeneration\":7}}");

    assertThat(edited.getMetadata().getGeneration()).isEqualTo(2);
    assertThat(edited.<Integer>get("status", "observedGeneration")).isEqualTo(1);
  }

  @Test
  void aWrongResourceIsRefusedInTheWordsOfAnApiServer() {
    GenericKubernetesResource campaign =
        Serialization.unmarshal(
            """
            apiVersion: lettershop.dev/v1alpha1
            kind: Campaign
            metadata: {name: spring-sale}
            spec:
              from: {address: news@shop.example}
              audience: {include: [everyone]}
              content: {templateRef: {name: news}}
              parallelism: 0
              delivery: {onUncertain: Maybe}
            """,
            GenericKubernetesResource.class);

    assertThatThrownBy(() -> client.resource(campaign).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(422))
        .hasMessageContaining("Campaign.lettershop.dev \"spring-sale\" is invalid: [")
        .hasMessageContaining("spec.topic: Required value")
        .hasMessageContaining("spec.parallelism: Invalid value: 0: must be at least 1")
        .hasMessageContaining(
            "spec.delivery.onUncertain: Unsupported value: \"Maybe\": supported values: \"Resend\","
                + " \"Skip\"");
    assertThat(client.resources(Campaign.class).list().getItems()).isEmpty();
  }

  @Test
  void anUnknownFieldIsRefusedByName() {
    GenericKubernetesResource template = template("news");
    template.setAdditionalProperty(
        "spec", Map.of("subject", "News", "html", "<p>News</p>", "colour", "red"));

    assertThatThrownBy(() -> client.resource(template).create())
        .hasMessageContaining("strict decoding error: unknown field \"spec.colour\"");
  }

  @Test
  void whatMayNotChangeIsRefused() {
    ConfigMap plan = configMap("plan");
    plan.setImmutable(true);
    ConfigMap created = client.resource(plan).create();
    created.setData(Map.of("a", "2"));

    assertThatThrownBy(() -> client.resource(created).update())
        .hasMessageContaining("data: Forbidden: field is immutable when `immutable` is set");
  }

  @Test
  void anUpdateOfAnOldVersionIsAConflict() {
    GenericKubernetesResource old = client.resource(template("news")).create();
    client
        .resource(old)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"subject\":\"New\"}}");
    old.setAdditionalProperty("status", Map.of("observedGeneration", 1));

    assertThatThrownBy(() -> client.resource(old).updateStatus())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409))
        .hasMessageContaining(
            "Operation cannot be fulfilled on emailtemplates.lettershop.dev \"news\": the object has"
                + " been modified");
  }

  @Test
  void aMergePatchReplacesListsAndRemovesWhatIsNull() {
    ConfigMap map = configMap("map");
    map.getMetadata().setFinalizers(List.of("shop.example/a", "shop.example/b"));
    client.resource(map).create();

    ConfigMap patched =
        client
            .configMaps()
            .withName("map")
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\":{\"finalizers\":[\"shop.example/c\"]},\"data\":{\"a\":null,\"b\":\"2\"}}");

    assertThat(patched.getFinalizers()).containsExactly("shop.example/c");
    assertThat(patched.getData()).containsOnly(Map.entry("b", "2"));
  }

  @Test
  void aWriteThatChangesNothingMakesNoNewVersion() {
    ConfigMap created = client.resource(configMap("map")).create();

    ConfigMap same = client.resource(created).update();

    assertThat(same.getMetadata().getResourceVersion())
        .isEqualTo(created.getMetadata().getResourceVersion());
  }

  @Test
  void anObjectWithAFinalizerGoesWhenTheFinalizerDoes() {
    ConfigMap map = configMap("map");
    map.getMetadata().setFinalizers(List.of("shop.example/wait"));
    client.resource(map).create();

    client.configMaps().withName("map").delete();
    ConfigMap marked = client.configMaps().withName("map").get();

    assertThat(marked.isMarkedForDeletion()).isTrue();

    marked.getMetadata().setFinalizers(List.of());
    client.resource(marked).update();

    assertThat(client.configMaps().withName("map").get()).isNull();
  }

  @Test
  void selectorsByLabelMayBeSets() {
    for (String colour : List.of("red", "green", "blue")) {
      ConfigMap map = configMap(colour);
      map.getMetadata().setLabels(Map.of("colour", colour));
      client.resource(map).create();
    }
    client.resource(configMap("none")).create();

    assertThat(client.configMaps().withLabelIn("colour", "red", "blue").list().getItems())
        .extracting(map -> map.getMetadata().getName())
        .containsExactly("blue", "red");
    assertThat(client.configMaps().withoutLabel("colour").list().getItems())
        .extracting(map -> map.getMetadata().getName())
        .containsExactly("none");
    assertThat(client.configMaps().withLabelNotIn("colour", "red").list().getItems()).hasSize(3);
  }

  @Test
  void aWatchFromAnEarlierVersionTellsWhatHappenedSince() {
    ConfigMap first = client.resource(configMap("first")).create();
    client.resource(configMap("second")).create();
    client.configMaps().withName("first").delete();
    List<String> seen = new CopyOnWriteArrayList<>();

    try (Watch watch =
        client
            .configMaps()
            .watch(
                new ListOptionsBuilder()
                    .withResourceVersion(first.getMetadata().getResourceVersion())
                    .build(),
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, ConfigMap map) {
                    seen.add(action + " " + map.getMetadata().getName());
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    seen.add("closed");
                  }
                })) {
      soon().untilAsserted(() -> assertThat(seen).containsExactly("ADDED second", "DELETED first"));
    }
  }

  @Test
  void anInformerSeesAllChangesWhileManyAreMade() throws Exception {
    SharedIndexInformer<ConfigMap> informer = client.configMaps().inform();
    ExecutorService writers = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 200; i++) {
      String name = "map-" + i;
      boolean passing = i % 2 == 0;
      writers.submit(
          () -> {
            client.resource(configMap(name)).create();
            if (passing) {
              client.configMaps().withName(name).delete();
            }
          });
    }
    writers.shutdown();
    assertThat(writers.awaitTermination(120, TimeUnit.SECONDS)).isTrue();

    soon().untilAsserted(() -> assertThat(informer.getStore().list()).hasSize(100));
  }

  @Test
  void manyWritersOfOneStatusLoseNothing() throws Exception {
    client.resource(template("news")).create();
    ExecutorService writers = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 40; i++) {
      String annotation = "{\"metadata\":{\"annotations\":{\"n" + i + "\":\"1\"}}}";
      writers.submit(
          () ->
              client
                  .resources(EmailTemplate.class)
                  .withName("news")
                  .patch(PatchContext.of(PatchType.JSON_MERGE), annotation));
    }
    writers.shutdown();
    assertThat(writers.awaitTermination(120, TimeUnit.SECONDS)).isTrue();

    assertThat(
            client
                .resources(EmailTemplate.class)
                .withName("news")
                .get()
                .getMetadata()
                .getAnnotations())
        .hasSize(40);
  }

  @Test
  void somebodyMaySayNoToNewObjects() {
    server.refuse("pods", pod -> Optional.of("exceeded quota: pods"));

    assertThatThrownBy(
            () ->
                client
                    .resource(
                        new PodBuilder()
                            .withNewMetadata()
                            .withName("worker")
                            .endMetadata()
                            .withNewSpec()
                            .endSpec()
                            .build())
                    .create())
        .hasMessageContaining("pods \"worker\" is forbidden: exceeded quota: pods");
  }

  @Test
  void writesAreRememberedWithWhoMadeThem() {
    long mark = server.requests().mark();
    client.configMaps().list();

    assertThat(server.requests().writesSince(mark)).isEmpty();

    try (KubernetesClient other = server.newClient("somebody")) {
      other.resource(configMap("map")).create();
    }

    assertThat(server.requests().writesSince(mark))
        .containsExactly(
            new RequestLog.Write(
                "create", "/api/v1/namespaces/default/configmaps", "somebody", 201));
    assertThat(server.requests().counts())
        .containsEntry("list configmaps", 1L)
        .containsEntry("create configmaps", 1L);
  }

  @Test
  void aNamespaceMustBeThereAndTakesItsObjectsAlong() {
    assertThatThrownBy(
            () -> client.configMaps().inNamespace("shop").resource(configMap("a")).create())
        .hasMessageContaining("namespaces \"shop\" not found");

    client
        .resource(new NamespaceBuilder().withNewMetadata().withName("shop").endMetadata().build())
        .create();
    client.configMaps().inNamespace("shop").resource(configMap("a")).create();
    client.namespaces().withName("shop").delete();

    assertThat(client.configMaps().inAnyNamespace().list().getItems()).isEmpty();
  }

  private static ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .addToData("a", "1")
        .build();
  }

  private static GenericKubernetesResource template(String name) {
    GenericKubernetesResource template = new GenericKubernetesResource();
    template.setApiVersion("lettershop.dev/v1alpha1");
    template.setKind("EmailTemplate");
    template.setMetadata(new ObjectMetaBuilder().withName(name).build());
    template.setAdditionalProperty("spec", Map.of("subject", "News", "html", "<p>News</p>"));
    return template;
  }

  /** The machine may be busy. */
  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
