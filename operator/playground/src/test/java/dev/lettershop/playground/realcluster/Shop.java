package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.kubesim.kubelet.PodRunner;
import dev.lettershop.kubesim.kubelet.PodRunnerOptions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A namespace with the packaged controller at work in it. */
final class Shop implements AutoCloseable {
  /** Kinds of which a steady state must leave every object alone. */
  private static final String[] COLLECTIONS = {
    "/apis/lettershop.dev/v1alpha1/namespaces/%s/campaigns",
    "/apis/lettershop.dev/v1alpha1/namespaces/%s/campaignruns",
    "/apis/lettershop.dev/v1alpha1/namespaces/%s/collectors",
    "/apis/lettershop.dev/v1alpha1/namespaces/%s/emailtemplates",
    "/apis/lettershop.dev/v1alpha1/namespaces/%s/mailtransports",
    "/apis/lettershop.dev/v1alpha1/namespaces/%s/models",
    "/apis/lettershop.dev/v1alpha1/namespaces/%s/profilesources",
    "/apis/lettershop.dev/v1alpha1/namespaces/%s/profilestores",
    "/apis/lettershop.dev/v1alpha1/namespaces/%s/segments",
    "/apis/apps/v1/namespaces/%s/deployments",
    "/apis/batch/v1/namespaces/%s/cronjobs",
    "/apis/batch/v1/namespaces/%s/jobs",
    "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/roles",
    "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings",
    "/api/v1/namespaces/%s/configmaps",
    "/api/v1/namespaces/%s/secrets",
    "/api/v1/namespaces/%s/serviceaccounts",
    "/api/v1/namespaces/%s/pods",
    "/api/v1/namespaces/%s/events"
  };

  /** How many times slower than a quiet machine of two cores this one may be. */
  private static final int SLOWNESS = 5;

  private final Cluster cluster;
  private final TestNamespace namespace;
  private final ControllerProcess controller;
  private PodRunner pods;

  private Shop(Cluster cluster, TestNamespace namespace, ControllerProcess controller) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.controller = controller;
  }

  static Shop open(Path scratch) throws Exception {
    Cluster cluster = Cluster.connect();
    TestNamespace namespace = cluster.namespace();
    try {
      return new Shop(cluster, namespace, ControllerProcess.start(cluster, namespace, scratch));
    } catch (Exception | AssertionError e) {
      namespace.close();
      cluster.close();
      throw e;
    }
  }

  /**
   * Runs the Pods of this namespace as a kubelet would, with the packaged worker.
   *
   * @param folder for volumes and logs
   */
  void runPods(Path folder) {
    assertThat(Repository.LETTERSHOP).as("the packaged worker").exists();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            Repository.LETTERSHOP.toString());
    PodRunnerOptions options =
        PodRunnerOptions.of(command, folder, client().getMasterUrl().toString())
            .withNamespaces(Set.of(namespace.name()));
    pods = new PodRunner(client(), options, Clock.systemUTC());
  }

  Cluster cluster() {
    return cluster;
  }

  KubernetesClient client() {
    return cluster.client();
  }

  TestNamespace namespace() {
    return namespace;
  }

  ControllerProcess controller() {
    return controller;
  }

  void apply(String yaml) throws Exception {
    namespace.apply(yaml);
  }

  /** Changes fields of one of our resources. */
  JsonNode patch(String plural, String name, String merge) throws Exception {
    Answer answer = cluster.api().patch(namespace.path(plural) + "/" + name, Api.MERGE, merge);
    if (!answer.ok()) {
      throw new AssertionError(answer.message());
    }
    return answer.json();
  }

  /** One of our resources; without fields when it is not there. */
  JsonNode get(String plural, String name) throws Exception {
    return cluster.api().get(namespace.path(plural) + "/" + name).json();
  }

  boolean exists(String plural, String name) throws Exception {
    return cluster.api().get(namespace.path(plural) + "/" + name).code() == 200;
  }

  /** Waits until a resource's condition has this status for its latest spec. */
  JsonNode await(String plural, String name, String type, String status) {
    within(60, plural + "/" + name + " has " + type + "=" + status)
        .until(
            () -> {
              JsonNode resource = get(plural, name);
              return Cluster.condition(resource, type).equals(status)
                  && resource
                      .at("/status/observedGeneration")
                      .equals(resource.at("/metadata/generation"));
            });
    try {
      return get(plural, name);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Waits, several times as long where the machine is slow.
   *
   * @param seconds that are plenty on a quiet machine
   */
  static ConditionFactory within(int seconds, String what) {
    return Awaitility.await(what)
        .atMost(Duration.ofSeconds(seconds).multipliedBy(SLOWNESS))
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptions();
  }

  CronJob cronJob(String name) {
    return client().batch().v1().cronjobs().inNamespace(namespace.name()).withName(name).get();
  }

  Job job(String name) {
    return client().batch().v1().jobs().inNamespace(namespace.name()).withName(name).get();
  }

  /** Makes a Job as {@code kubectl create job NAME --from=cronjob/CRONJOB} does. */
  Job createJobFrom(String cronJob, String name) {
    CronJob from = cronJob(cronJob);
    Job job =
        new JobBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace.name())
            .addToAnnotations("cronjob.kubernetes.io/instantiate", "manual")
            .addToAnnotations(
                orEmpty(from.getSpec().getJobTemplate().getMetadata().getAnnotations()))
            .addToLabels(orEmpty(from.getSpec().getJobTemplate().getMetadata().getLabels()))
            .addNewOwnerReference()
            .withApiVersion("batch/v1")
            .withKind("CronJob")
            .withName(cronJob)
            .withUid(from.getMetadata().getUid())
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .withSpec(from.getSpec().getJobTemplate().getSpec())
            .build();
    return client().resource(job).create();
  }

  /** The version of each object in the namespace: equal when nothing was written. */
  Map<String, String> versions() throws Exception {
    Map<String, String> versions = new TreeMap<>();
    for (String collection : COLLECTIONS) {
      String path = collection.formatted(namespace.name());
      for (JsonNode item : cluster.api().get(path).json().path("items")) {
        String kind = path.substring(path.lastIndexOf('/') + 1);
        versions.put(
            kind + "/" + item.at("/metadata/name").asText(),
            item.at("/metadata/resourceVersion").asText());
      }
    }
    return versions;
  }

  /** Every object in the namespace that {@link #versions()} looks at. */
  List<JsonNode> objects() throws Exception {
    List<JsonNode> objects = new ArrayList<>();
    for (String collection : COLLECTIONS) {
      cluster
          .api()
          .get(collection.formatted(namespace.name()))
          .json()
          .path("items")
          .forEach(objects::add);
    }
    return objects;
  }

  List<Pod> podsOf(String job) {
    return client()
        .pods()
        .inNamespace(namespace.name())
        .withLabel("batch.kubernetes.io/job-name", job)
        .list()
        .getItems();
  }

  /** All that the controller and the workers have written for people. */
  String statusesAndEvents() throws Exception {
    StringBuilder written = new StringBuilder();
    for (String collection : COLLECTIONS) {
      Answer list = cluster.api().get(collection.formatted(namespace.name()));
      if (collection.endsWith("/events")) {
        written.append(list.body());
      } else {
        list.json().path("items").forEach(item -> written.append(item.path("status")));
      }
    }
    return written.toString();
  }

  private static Map<String, String> orEmpty(Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  /** Ends everything; fails when the controller wanted more than the shipped roles allow. */
  @Override
  public void close() throws Exception {
    try {
      controller.close();
      // The roles of the controller go with its namespace, be it before what it looks after.
      if (client().namespaces().withName(namespace.name()).get() != null) {
        assertThat(controller.log()).doesNotContainIgnoringCase("is forbidden");
      }
    } finally {
      if (pods != null) {
        pods.close();
      }
      namespace.close();
      cluster.close();
    }
  }
}
