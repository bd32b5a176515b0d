package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The cluster that {@code KUBECONFIG} names, with the CRDs of this source tree. */
final class Cluster implements AutoCloseable {
  private static final String CRD_PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
  private static final String APPLY = "?fieldManager=lettershop-test&force=true";

  private final Config config;
  private final KubernetesClient client;
  private final Api api;

  private Cluster(Config config) {
    this.config = config;
    this.client = new KubernetesClientBuilder().withConfig(config).build();
    this.api = new Api(client);
  }

  /** Connects, and applies the CRDs as they are shipped. */
  static Cluster connect() throws Exception {
    Cluster cluster = reach();
    try {
      cluster.applyShipped();
      return cluster;
    } catch (Exception | AssertionError e) {
      throw unusable(e);
    }
  }

  /**
   * Connects to a cluster that has none of our CRDs any more. Skips the test where there are
   * resources of ours, because those would go with them.
   */
  static Cluster withoutCrds() throws Exception {
    Cluster cluster = reach();
    for (Path file : Repository.crds()) {
      JsonNode crd = Repository.documents(file).get(0);
      String all = "/apis/lettershop.dev/v1alpha1/" + crd.at("/spec/names/plural").asText();
      try {
        Awaitility.await("those of earlier tests are gone")
            .atMost(Duration.ofMinutes(3))
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> cluster.api.get(all).json().path("items").isEmpty());
      } catch (ConditionTimeoutException e) {
        assumeTrue(false, "there are resources of ours in the cluster: " + all);
      }
    }
    cluster.deleteCrds();
    return cluster;
  }

  private static Cluster reach() {
    String kubeconfig = System.getenv("KUBECONFIG");
    assertThat(kubeconfig)
        .as("KUBECONFIG must name the kubeconfig file of the cluster to test against")
        .isNotBlank();
    assertThat(Path.of(kubeconfig)).as("KUBECONFIG").isRegularFile();
    try {
      Cluster cluster = new Cluster(Config.fromKubeconfig(Path.of(kubeconfig).toFile()));
      Answer ready = cluster.api.get("/readyz");
      assertThat(ready.ok()).as("the API server is ready: %s", ready).isTrue();
      return cluster;
    } catch (Exception | AssertionError e) {
      throw unusable(e);
    }
  }

  private static AssertionError unusable(Throwable e) {
    return new AssertionError("The cluster that KUBECONFIG names cannot be used", e);
  }

  private void deleteCrds() throws Exception {
    for (Path file : Repository.crds()) {
      api.delete(CRD_PATH + name(file));
    }
    for (Path file : Repository.crds()) {
      Awaitility.await(name(file) + " is gone")
          .atMost(Duration.ofMinutes(2))
          .until(() -> api.get(CRD_PATH + name(file)).code() == 404);
    }
  }

  private static String name(Path crd) throws IOException {
    return Repository.documents(crd).get(0).at("/metadata/name").asText();
  }

  /** Whether it has a CRD of that name. */
  boolean hasCrd(String name) throws Exception {
    return api.get(CRD_PATH + name).ok();
  }

  Api api() {
    return api;
  }

  KubernetesClient client() {
    return client;
  }

  /** Somebody who has this token and nothing else. */
  KubernetesClient as(String token) {
    return new KubernetesClientBuilder().withConfig(configOf(token)).build();
  }

  Config configOf(String token) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(config.getMasterUrl())
        .withCaCertFile(config.getCaCertFile())
        .withCaCertData(config.getCaCertData())
        .withTrustCerts(config.isTrustCerts())
        .withDisableHostnameVerification(config.isDisableHostnameVerification())
        .withOauthToken(token)
        .build();
  }

  TestNamespace namespace() throws IOException {
    return TestNamespace.create(this);
  }

  JsonNode crd(String name) throws Exception {
    return api.get(CRD_PATH + name).json();
  }

  /** Applies a CRD with more in the schema of its spec than the shipped one has. */
  void applyNewer(String plural, Map<String, String> properties) throws Exception {
    Path file = Repository.ROOT.resolve("crds/" + plural + ".lettershop.dev.yaml");
    JsonNode crd = Repository.documents(file).get(0).deepCopy();
    ObjectNode fields =
        (ObjectNode) crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
    for (Map.Entry<String, String> property : properties.entrySet()) {
      fields.set(property.getKey(), new ObjectMapper().readTree(property.getValue()));
    }
    apply(CRD_PATH, crd);
  }

  /** Applies the CRDs as they are shipped. */
  void applyShipped() throws Exception {
    for (Path file : Repository.crds()) {
      apply(CRD_PATH, Repository.documents(file).get(0));
    }
    for (Path file : Repository.crds()) {
      String name = Repository.documents(file).get(0).at("/metadata/name").asText();
      Awaitility.await(name + " is established")
          .atMost(Duration.ofMinutes(2))
          .until(() -> condition(crd(name), "Established").equals("True"));
    }
  }

  private void apply(String path, JsonNode object) throws Exception {
    String name = object.at("/metadata/name").asText();
    Answer answer = api.patch(path + name + APPLY, Api.APPLY, object.toString());
    assertThat(answer.ok()).as("applying %s: %s", name, answer).isTrue();
  }

  /** Status of a condition, or nothing. */
  static String condition(JsonNode object, String type) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText();
      }
    }
    return "";
  }

  @Override
  public void close() {
    client.close();
  }
}
