package dev.lettershop.playground.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.kubesim.apiserver.InMemoryApiServer;
import dev.lettershop.kubesim.apiserver.RequestLog.Write;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ThrowingRunnable;

/** A namespace of a test's own, and what its user does there. */
final class Namespace {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Duration DEADLINE = Duration.ofSeconds(300);

  private final InMemoryApiServer server;
  private final KubernetesClient client;
  private final String name;

  private Namespace(InMemoryApiServer server, String name) {
    this.server = server;
    this.client = server.client();
    this.name = name;
  }

  static Namespace create(InMemoryApiServer server) {
    Namespace made = new Namespace(server, "shop-" + COUNT.incrementAndGet());
    made.client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(made.name).endMetadata().build())
        .create();
    return made;
  }

  String name() {
    return name;
  }

  KubernetesClient client() {
    return client;
  }

  /** Creates what is not there and gives the others the spec as written. */
  void apply(String yaml) {
    for (String document : yaml.split("(?m)^---$")) {
      GenericKubernetesResource desired =
          io.fabric8.kubernetes.client.utils.Serialization.unmarshal(
              document, GenericKubernetesResource.class);
      if (client.resource(desired).inNamespace(name).get() == null) {
        client.resource(desired).inNamespace(name).create();
      } else {
        respecify(desired);
      }
    }
  }

  /** Tried again when the controller has written in between. */
  private void respecify(GenericKubernetesResource desired) {
    for (; ; ) {
      GenericKubernetesResource present = client.resource(desired).inNamespace(name).get();
      present.setAdditionalProperty("spec", desired.get("spec"));
      try {
        client.resource(present).inNamespace(name).update();
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
      }
    }
  }

  /** Merges a patch into a resource. */
  void patch(Class<? extends HasMetadata> kind, String of, String patch) {
    client
        .resources(kind)
        .inNamespace(name)
        .withName(of)
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  void delete(Class<? extends HasMetadata> kind, String of) {
    client.resources(kind).inNamespace(name).withName(of).delete();
  }

  <T extends HasMetadata> T get(Class<T> kind, String of) {
    return client.resources(kind).inNamespace(name).withName(of).get();
  }

  <T extends HasMetadata> List<T> list(Class<T> kind) {
    return client.resources(kind).inNamespace(name).list().getItems();
  }

  CronJob cronJob(String of) {
    return get(CronJob.class, of);
  }

  Job job(String of) {
    return get(Job.class, of);
  }

  CampaignRun run(String of) {
    return get(CampaignRun.class, of);
  }

  Campaign campaign(String of) {
    return get(Campaign.class, of);
  }

  /** Names of the ConfigMaps with a campaign's plans. */
  List<String> plans(String campaign) {
    return list(ConfigMap.class).stream()
        .map(map -> map.getMetadata().getName())
        .filter(map -> map.startsWith(campaign + "-plan-"))
        .sorted()
        .toList();
  }

  /** A condition of any resource of ours. */
  Optional<Condition> condition(Class<? extends HasMetadata> kind, String of, String type) {
    HasMetadata found = get(kind, of);
    return found == null ? Optional.empty() : Statuses.condition(found, type);
  }

  /** Waits until a condition says {@code status reason}, such as {@code True Ready}. */
  Condition awaitCondition(
      Class<? extends HasMetadata> kind, String of, String type, String expected) {
    eventually(
        () -> {
          HasMetadata found = get(kind, of);
          assertThat(found).as(kind.getSimpleName() + " " + of).isNotNull();
          assertThat(Statuses.condition(found, type).map(Namespace::brief).orElse("none"))
              .as("%s of %s %s: %s", type, kind.getSimpleName(), of, Statuses.of(found))
              .isEqualTo(expected);
          assertThat(Statuses.observedGeneration(found))
              .isEqualTo(found.getMetadata().getGeneration());
        });
    return condition(kind, of, type).orElseThrow();
  }

  /** Waits until a campaign can be used, and has been seen as it is now. */
  void awaitReady(String campaign) {
    eventually(
        () -> {
          Campaign found = campaign(campaign);
          assertThat(found.getStatus().observedGeneration())
              .isEqualTo(found.getMetadata().getGeneration());
          assertThat(Statuses.condition(found, "Ready").map(c -> c.status().name()))
              .as("Ready of %s: %s", campaign, found.getStatus())
              .contains("True");
        });
  }

  private static String brief(Condition condition) {
    return condition.status() + " " + condition.reason();
  }

  /** Reasons of the Events about an object, in the order of their names. */
  List<Event> events(String kind, String about) {
    return list(Event.class).stream()
        .filter(event -> kind.equals(event.getInvolvedObject().getKind()))
        .filter(event -> about.equals(event.getInvolvedObject().getName()))
        .toList();
  }

  /** What the control plane wrote in this namespace, Events left out. */
  List<Write> writesSince(long mark) {
    return server.requests().writesSince(mark).stream()
        .filter(write -> write.agent().equals(Reconciling.AGENT))
        .filter(write -> write.path().contains("/namespaces/" + name + "/"))
        .filter(write -> !write.path().contains("/events"))
        .toList();
  }

  long mark() {
    return server.requests().mark();
  }

  /** Holds sooner or later. */
  static void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(DEADLINE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(25))
        .ignoreExceptions()
        .untilAsserted(assertion);
  }
}
